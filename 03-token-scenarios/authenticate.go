package tokens

import "context"

// Authenticate returns the session that the access token belongs to, and its
// user. The signature alone does not decide: both are read on every call, in
// one read, so that log-out, a disabled account and new roles count at once.
//
//workbook:exercise 3.4 TestSessions_Authenticate(_.*)?|TestSessions_tellTheScenarios/access|TestSessions_LogOutAll|TestHandlers_LogOutAll
func (s *Sessions) Authenticate(ctx context.Context, accessToken string) (Snapshot, error) {
	claims, err := s.jwt.Verify(accessToken)
	if err != nil {
		return Snapshot{}, badToken(err)
	}
	found, err := s.store.Load(ctx, claims.SessionID)
	if err != nil {
		return Snapshot{}, refusal(err)
	}
	if err := found.alive(); err != nil {
		return Snapshot{}, refusal(err)
	}
	if found.Session.UserID != claims.Subject {
		return Snapshot{}, refusal(ErrInvalid)
	}
	return found, nil
}
