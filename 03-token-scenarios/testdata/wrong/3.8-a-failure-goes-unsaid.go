// Wrong: where the store can't record the end, the client still hears that the
// session is over.
//
// Hint: Ending a session can fail, and then the thief is still logged in. The
// row prints what came instead of UNAVAILABLE. What became of the store's
// error?
//
// Fails:
//   - TestSessions_Refresh/a_reuse_that_can't_be_recorded_is_no_answer_yet
package tokens

import (
	"context"
	"errors"
)

func (s *Sessions) Refresh(ctx context.Context, token string) (Pair, error) {
	presented, err := unseal(s.mac, token)
	if err != nil {
		return Pair{}, badToken(err)
	}
	found, moved, err := s.store.Rotate(ctx, presented.sessionID, presented.generation, limits())
	if err == nil && !moved {
		err = judge(presented.generation, found)
	}
	if errors.Is(err, ErrReused) {
		_ = s.end(ctx, presented.sessionID)
	}
	if err != nil {
		return Pair{}, refusal(err)
	}
	return s.pair(found.Session, found.Now)
}
