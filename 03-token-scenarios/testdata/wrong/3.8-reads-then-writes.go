// Wrong: it reads and decides first and writes afterwards, so what another
// request does in between goes unnoticed.
//
// Hint: In the failing rows another request comes between two looks at the
// session. Rotate reports whether it moved, and the session as it is then. What
// does your code decide on: that, or something older?
//
// Fails:
//   - TestSessions_Refresh/a_log-out_that_comes_before_the_update_wins
//   - TestSessions_Refresh/a_session_that_changes_between_the_update_and_the_read
//   - TestSessions_Refresh/two_refreshes_that_come_before_the_update_make_it_a_reuse
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
	found, err := s.store.Load(ctx, presented.sessionID)
	if err == nil {
		err = judge(presented.generation, found)
	}
	if errors.Is(err, ErrReused) {
		err = cmp.Or(s.end(ctx, presented.sessionID), err)
	}
	if err == nil || errors.Is(err, errMoved) {
		found, _, err = s.store.Rotate(ctx, presented.sessionID, presented.generation, limits())
	}
	if err != nil {
		return Pair{}, refusal(err)
	}
	return s.pair(found.Session, found.Now)
}
