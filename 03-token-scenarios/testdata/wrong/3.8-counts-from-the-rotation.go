// Wrong: the new access token counts its fifteen minutes from the rotation and
// not from now.
//
// Hint: In the grace a rotation lies up to half a minute back. The snapshot
// holds several times: which one is the time of this request?
//
// Fails:
//   - TestSessions_Refresh_inTheGraceGivesAFreshAccessToken
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
		err = cmp.Or(s.end(ctx, presented.sessionID), err)
	}
	if err != nil {
		return Pair{}, refusal(err)
	}
	return s.pair(found.Session, found.Session.Rotated)
}
