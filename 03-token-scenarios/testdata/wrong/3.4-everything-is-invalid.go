// Wrong: every refusal is INVALID_TOKEN, so a client can't tell an expired
// token from a bad one or from an outage.
//
// Hint: The client does three different things: refresh, log in again, wait.
// The file refusal.go has two helpers that choose the code for you.
//
// Fails:
//   - TestSessions_Authenticate/a_session_whose_time_is_over,_though_the_token's_is_not
//   - TestSessions_Authenticate/a_store_that_can't_answer_lets_nobody_in
//   - TestSessions_Authenticate/an_expired_token
//   - TestSessions_tellTheScenarios/access
package tokens

import (
	"context"

	"example.com/authbook/internal/problem"
)

func (s *Sessions) Authenticate(ctx context.Context, accessToken string) (Identity, error) {
	claims, err := s.jwt.Verify(accessToken)
	if err != nil {
		return Identity{}, problem.Wrap(problem.InvalidToken, err)
	}
	found, err := s.store.Load(ctx, claims.SessionID)
	if err == nil {
		err = found.alive()
	}
	if err == nil && found.Session.UserID != claims.Subject {
		err = ErrInvalid
	}
	if err != nil {
		return Identity{}, problem.Wrap(problem.InvalidToken, err)
	}
	return Identity{User: found.User, SessionID: found.Session.ID}, nil
}
