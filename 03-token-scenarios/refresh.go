package tokens

import (
	"context"
	"errors"
)

// Refresh exchanges a refresh token for the next pair. With an error the pair
// has no tokens. Its session has at least an ID then, if the token is genuine:
// the audit log names it.
func (s *Sessions) Refresh(ctx context.Context, token string) (Pair, error) {
	presented, err := unseal(s.mac, token)
	if err != nil {
		return Pair{}, badToken(err)
	}
	found, err := s.rotate(ctx, presented)
	if err != nil {
		found.Session.ID = presented.sessionID // which the store may not have found
		return Pair{Session: found.Session}, refusal(err)
	}
	pair, err := s.pair(found.Session, found.Now)
	// A rotation dates the session with the time of the snapshot that shows it.
	pair.Repeated = !found.Session.Rotated.Equal(found.Now)
	return pair, err
}

// rotate spends the token and returns the session as it is afterwards, also
// with an error. One conditional update of the store does it, so that of any
// number of parallel requests one rotates and the others find the session
// rotated; judge decides about those. Where a reuse can't be recorded, the
// error is the store's, so that nobody takes the session for ended.
//
//workbook:exercise 3.8 TestSessions_Refresh(_.*)?|TestSessions_tellTheScenarios/rotation|TestSessions_tellTheScenarios/theft|TestHandlers_Refresh|TestHandlers_OpenSession|TestHandlers_Sessions
func (s *Sessions) rotate(ctx context.Context, presented refreshToken) (Snapshot, error) {
	found, moved, err := s.store.Rotate(ctx, presented.sessionID, presented.generation, limits())
	if err != nil || moved {
		return found, err
	}
	err = judge(presented.generation, found)
	if errors.Is(err, ErrReused) {
		if err := s.end(ctx, presented.sessionID); err != nil {
			return found, err
		}
	}
	return found, err
}
