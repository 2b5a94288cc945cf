// Wrong: any refusal ends the session, also where nobody has reused a token.
//
// Hint: The failing rows refuse for harmless reasons: an outage, a race, a
// restored backup. Only one of judge's answers speaks of a thief.
//
// Fails:
//   - TestSessions_Refresh/a_generation_of_the_future_ends_nothing
//   - TestSessions_Refresh/a_session_that_changes_between_the_update_and_the_read
//   - TestSessions_Refresh/a_store_that_can't_rotate
package tokens

import (
	"cmp"
	"context"
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
	if err != nil {
		return Pair{}, refusal(cmp.Or(s.end(ctx, presented.sessionID), err))
	}
	return s.pair(found.Session, found.Now)
}
