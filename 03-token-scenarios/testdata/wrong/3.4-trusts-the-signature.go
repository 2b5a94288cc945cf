// Wrong: it reads the session and never asks whether the session still counts.
//
// Hint: A log-out changes one field of the session, and disabling one field of
// the user. Both are in your hand after the read: who looks at them?
//
// Fails:
//   - TestHandlers_LogOutAll
//   - TestSessions_Authenticate/a_disabled_user
//   - TestSessions_Authenticate/a_session_that_was_ended
//   - TestSessions_Authenticate/a_session_whose_time_is_over,_though_the_token's_is_not
//   - TestSessions_LogOutAll
package tokens

import "context"

func (s *Sessions) Authenticate(ctx context.Context, accessToken string) (Identity, error) {
	claims, err := s.jwt.Verify(accessToken)
	if err != nil {
		return Identity{}, badToken(err)
	}
	found, err := s.store.Load(ctx, claims.SessionID)
	if err == nil && found.Session.UserID != claims.Subject {
		err = ErrInvalid
	}
	if err != nil {
		return Identity{}, refusal(err)
	}
	return Identity{User: found.User, SessionID: found.Session.ID}, nil
}
