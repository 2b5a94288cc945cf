package accounts

import (
	"context"
	"errors"
	"sync/atomic"
	"time"
)

var errDown = errors.New("the disk is full")

// downStore is a store that one method of can't answer. Like a real one it
// counts nothing for a request that is over.
type downStore struct {
	*MemoryStore
	method string
	err    error // what the method answers

	reads, writes atomic.Int64 // of failures
}

func (d *downStore) is(method string) error {
	if d.method != method {
		return nil
	}
	return d.err
}

func (d *downStore) Create(ctx context.Context, u User) error {
	if err := d.is("Create"); err != nil {
		return err
	}
	return d.MemoryStore.Create(ctx, u)
}

func (d *downStore) ByKey(ctx context.Context, key string) (User, error) {
	if err := d.is("ByKey"); err != nil {
		return User{}, err
	}
	return d.MemoryStore.ByKey(ctx, key)
}

func (d *downStore) ByID(ctx context.Context, id string) (User, error) {
	if err := d.is("ByID"); err != nil {
		return User{}, err
	}
	return d.MemoryStore.ByID(ctx, id)
}

func (d *downStore) Rehash(ctx context.Context, id string, version int64, hash string) error {
	if err := d.is("Rehash"); err != nil {
		return err
	}
	return d.MemoryStore.Rehash(ctx, id, version, hash)
}

func (d *downStore) ChangePassword(ctx context.Context, id string, version int64, hash string, kept Kept) error {
	if err := d.is("ChangePassword"); err != nil {
		return err
	}
	return d.MemoryStore.ChangePassword(ctx, id, version, hash, kept)
}

func (d *downStore) SetRoles(ctx context.Context, key string, roles []string) (User, error) {
	if err := d.is("SetRoles"); err != nil {
		return User{}, err
	}
	return d.MemoryStore.SetRoles(ctx, key, roles)
}

func (d *downStore) Delete(ctx context.Context, id string, version int64) error {
	if err := d.is("Delete"); err != nil {
		return err
	}
	return d.MemoryStore.Delete(ctx, id, version)
}

// failure is what a method answers instead: its error, or that of a request that
// has ended.
func (d *downStore) failure(ctx context.Context, method string) error {
	if err := d.is(method); err != nil {
		return err
	}
	return ctx.Err()
}

func (d *downStore) Failures(ctx context.Context, keys ...string) (map[string]Failures, error) {
	d.reads.Add(int64(len(keys)))
	if err := d.failure(ctx, "Failures"); err != nil {
		return nil, err
	}
	return d.MemoryStore.Failures(ctx, keys...)
}

func (d *downStore) AddFailure(ctx context.Context, key string, window time.Duration) error {
	d.writes.Add(1)
	if err := d.failure(ctx, "AddFailure"); err != nil {
		return err
	}
	return d.MemoryStore.AddFailure(ctx, key, window)
}

func (d *downStore) AddFailureTo(ctx context.Context, key string, count int, window time.Duration) (bool, error) {
	if err := d.is("AddFailureTo"); err != nil {
		return false, err
	}
	return d.MemoryStore.AddFailureTo(ctx, key, count, window)
}

func (d *downStore) Forget(ctx context.Context, key string) error {
	if err := d.failure(ctx, "Forget"); err != nil {
		return err
	}
	return d.MemoryStore.Forget(ctx, key)
}
