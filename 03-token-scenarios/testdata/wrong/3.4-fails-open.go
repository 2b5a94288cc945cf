// Wrong: while the store is down it believes the token, so a logged-out thief
// gets in during an outage.
//
// Hint: The store can fail in two ways: it has no such session, or it has no
// answer at all. What do you know of the session then? The row prints what came
// instead of UNAVAILABLE.
//
// Fails:
//   - TestSessions_Authenticate/a_store_that_can't_answer_lets_nobody_in
package tokens

import (
	"context"
	"errors"
)

func (s *Sessions) Authenticate(ctx context.Context, accessToken string) (Identity, error) {
	claims, err := s.jwt.Verify(accessToken)
	if err != nil {
		return Identity{}, badToken(err)
	}
	found, err := s.store.Load(ctx, claims.SessionID)
	if err != nil && !errors.Is(err, ErrNoSession) {
		return Identity{User: User{ID: claims.Subject}, SessionID: claims.SessionID}, nil
	}
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
