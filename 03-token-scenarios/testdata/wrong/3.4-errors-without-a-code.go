// Wrong: the errors go out as they came, and an error without a code is
// answered with 500.
//
// Hint: The rows print which code they expected and which came. INTERNAL stands
// for an error that was given no code. Which file of the chapter gives an error
// its code?
//
// Fails:
//   - TestSessions_Authenticate/a_disabled_user
//   - TestSessions_Authenticate/a_session_that_does_not_exist
//   - TestSessions_Authenticate/a_session_that_was_ended
//   - TestSessions_Authenticate/a_session_whose_time_is_over,_though_the_token's_is_not
//   - TestSessions_Authenticate/a_store_that_can't_answer_lets_nobody_in
//   - TestSessions_Authenticate/a_token_of_another_server
//   - TestSessions_Authenticate/a_user_who_is_gone
//   - TestSessions_Authenticate/an_expired_token
//   - TestSessions_Authenticate/no_token_at_all
//   - TestSessions_Authenticate/somebody_else's_session
//   - TestSessions_tellTheScenarios/access
package tokens

import "context"

func (s *Sessions) Authenticate(ctx context.Context, accessToken string) (Identity, error) {
	claims, err := s.jwt.Verify(accessToken)
	if err != nil {
		return Identity{}, err
	}
	found, err := s.store.Load(ctx, claims.SessionID)
	if err != nil {
		return Identity{}, err
	}
	if err := found.alive(); err != nil {
		return Identity{}, err
	}
	if found.Session.UserID != claims.Subject {
		return Identity{}, ErrInvalid
	}
	return Identity{User: found.User, SessionID: found.Session.ID}, nil
}
