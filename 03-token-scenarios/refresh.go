package tokens

import (
	"cmp"
	"context"
	"errors"
)

// Refresh exchanges a refresh token for the next pair. The token is spent by
// one conditional update of the store, so that of any number of parallel
// requests one rotates and the others find the session rotated. See judge for
// what becomes of those. Where a reuse can't be recorded, the answer is the
// store's failure, so that nobody takes the session for ended.
//
//workbook:exercise 3.8 TestSessions_Refresh(_.*)?|TestSessions_tellTheScenarios/rotation|TestSessions_tellTheScenarios/theft|TestHandlers_Refresh|TestHandlers_OpenSession|TestHandlers_Sessions
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
	return s.pair(found.Session, found.Now)
}
