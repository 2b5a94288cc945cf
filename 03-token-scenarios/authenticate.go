package tokens

import "context"

// Identity is who is calling, as of this request.
type Identity struct {
	User
	SessionID string
}

// Authenticate returns who holds the access token. The signature alone does
// not decide: the session and the user are read on every call, in one read, so
// that log-out, a disabled account and new roles count at once.
//
//workbook:exercise 3.4 TestSessions_Authenticate(_.*)?|TestSessions_tellTheScenarios/access|TestSessions_LogOutAll|TestHandlers_LogOutAll
func (s *Sessions) Authenticate(ctx context.Context, accessToken string) (Identity, error) {
	claims, err := s.jwt.Verify(accessToken)
	if err != nil {
		return Identity{}, badToken(err)
	}
	found, err := s.store.Load(ctx, claims.SessionID)
	if err == nil {
		err = found.alive()
	}
	if err == nil && found.Session.UserID != claims.Subject {
		err = ErrInvalid
	}
	if err != nil {
		return Identity{}, refusal(err)
	}
	return Identity{User: found.User, SessionID: found.Session.ID}, nil
}
