package web

import (
	"context"
	"sync/atomic"

	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/store"
)

// dummies is a hasher whose dummy costs what most stored hashes cost. After a change of
// the cost most of them are still of the old one, for they are renewed at log-in, and a
// name that does not exist must take as long as they do.
type dummies struct {
	accounts.Hasher
	users  *store.Users
	common atomic.Pointer[string] // nil: as the hasher's own
}

// Dummy implements [accounts.Hasher].
func (d *dummies) Dummy() string {
	if dummy := d.common.Load(); dummy != nil {
		return *dummy
	}
	return d.Hasher.Dummy()
}

// follow looks at the stored hashes, and makes the dummy like most of them.
func (d *dummies) follow(ctx context.Context) error {
	hash, err := d.users.CommonHash(ctx)
	if err != nil || hash == "" {
		return err
	}
	dummy, err := accounts.DummyLike(hash)
	if err == nil {
		d.common.Store(&dummy)
	}
	return err
}

// FollowHashes makes the hash of a name that does not exist cost what most stored
// hashes cost. It is to be called now and then.
func (a *App) FollowHashes(ctx context.Context) error { return a.dummies.follow(ctx) }
