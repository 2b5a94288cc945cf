// Wrong: the store's error is dropped, and the empty snapshot that comes with
// it is judged.
//
// Hint: In the failing rows Rotate returns an error. Then its other two values
// mean nothing. Follow the error: does it get out, and with which code? See
// refusal.go.
//
// Fails:
//   - TestHandlers_Refresh/a_store_that_can't_answer
//   - TestSessions_Refresh/a_session_that_does_not_exist
//   - TestSessions_Refresh/a_store_that_can't_rotate
package tokens

import (
	"cmp"
	"context"
	"errors"
)

func (s *Sessions) Refresh(ctx context.Context, token string) (Pair, error) {
	presented, err := unseal(s.mac, token)
	if err != nil {
		return Pair{}, badToken(err)
	}
	found, moved, _ := s.store.Rotate(ctx, presented.sessionID, presented.generation, limits())
	if !moved {
		err = judge(presented.generation, found)
	}
	if errors.Is(err, ErrReused) {
		err = cmp.Or(s.end(ctx, presented.sessionID), err)
	}
	if err != nil {
		return Pair{}, refusal(err)
	}
	return s.pair(found.Session, found.Now)
}
