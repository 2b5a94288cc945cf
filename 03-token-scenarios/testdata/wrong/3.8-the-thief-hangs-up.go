// Wrong: the session is ended on the request's context, which ends when the
// client hangs up.
//
// Hint: A thief can close the connection after sending. Compare what you call
// with what logout.go has for ending a session.
//
// Fails:
//   - TestSessions_Refresh_endsAReusedSessionThoughTheThiefHangsUp
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
	found, moved, err := s.store.Rotate(ctx, presented.sessionID, presented.generation, limits())
	if err == nil && !moved {
		err = judge(presented.generation, found)
	}
	if errors.Is(err, ErrReused) {
		err = cmp.Or(s.store.Revoke(ctx, presented.sessionID), err)
	}
	if err != nil {
		return Pair{}, refusal(err)
	}
	return s.pair(found.Session, found.Now)
}
