// Wrong: the token's subject is never compared with the session's user.
//
// Hint: A token names a user and a session. The failing row has one in which
// the two do not belong together.
//
// Fails:
//   - TestSessions_Authenticate/somebody_else's_session
package tokens

import "context"

func (s *Sessions) Authenticate(ctx context.Context, accessToken string) (Identity, error) {
	claims, err := s.jwt.Verify(accessToken)
	if err != nil {
		return Identity{}, badToken(err)
	}
	found, err := s.store.Load(ctx, claims.SessionID)
	if err == nil {
		err = found.alive()
	}
	if err != nil {
		return Identity{}, refusal(err)
	}
	return Identity{User: found.User, SessionID: found.Session.ID}, nil
}
