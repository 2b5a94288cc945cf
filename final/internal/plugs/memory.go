package plugs

import (
	"context"
	"errors"
	"time"

	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
)

// NewMemory returns the memory stores of chapters 03 and 04, joined: a session knows
// its user, and a new password ends the sessions. now is their clock; nil is this
// machine's.
func NewMemory(now func() time.Time) (*tokens.MemoryStore, *accounts.MemoryStore) {
	var sessions *tokens.MemoryStore
	users := accounts.NewMemoryStore(func(userID string, kept accounts.Kept) {
		_ = sessions.RevokeAll(context.Background(), userID, kept.SessionID) // memory never fails
		if kept.Renew {
			sessions.Renew(kept.SessionID)
		}
	})
	sessions = tokens.NewMemoryStore(func(ctx context.Context, id string) (tokens.User, error) {
		u, err := users.ByID(ctx, id)
		if errors.Is(err, accounts.ErrNoUser) {
			return tokens.User{}, tokens.ErrNoUser
		}
		return tokens.User{ID: u.ID, Username: u.Username, Nickname: u.Nickname, Roles: u.Roles,
			Disabled: u.Disabled, PasswordVersion: u.PasswordVersion}, err
	})
	sessions.Now, users.Now = now, now
	return sessions, users
}
