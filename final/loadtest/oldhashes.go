package main

import (
	"context"
	"errors"

	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/store"
)

// timingOfOldHashes is timing on a database that a release with another cost of a
// hash has left.
func (b *testbed) timingOfOldHashes(ctx context.Context) ([]row, error) {
	file := b.newFile()
	if err := addOldUsers(ctx, file, clients); err != nil {
		return nil, err
	}
	server, err := b.serve(ctx, file, "TRUSTED_PROXIES=127.0.0.1/32")
	if err != nil {
		return nil, err
	}
	defer server.stop()
	found, err := b.timing(server.addr, "")
	if err != nil {
		return nil, err
	}
	rows := found.rows()
	rows[0].what = "the same, where all hashes are of 19 MiB and two passes"
	return rows, nil
}

// addOldUsers adds users 0 to n-1, with hashes of the cost before decision 17.
func addOldUsers(ctx context.Context, databaseURL string, n int) error {
	db, err := store.Open(ctx, databaseURL)
	if err != nil {
		return err
	}
	hash := accounts.Argon2id{MemoryKiB: 19 << 10, Passes: 2, Threads: 1}.Hash(password)
	users := store.NewUsers(db)
	for i := range n {
		u := accounts.User{ID: user(i), Username: user(i), UsernameKey: user(i), Nickname: "Load", PasswordHash: hash}
		if err := users.Create(ctx, u); err != nil {
			return errors.Join(err, db.Close())
		}
	}
	return db.Close()
}
