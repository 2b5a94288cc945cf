package ops

import (
	"context"
	"fmt"

	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/logs"
)

// accountID prints what the audit log calls the account of a name, whether it
// exists or not: under the secret in use and, during a rotation, on a second
// line under the one before. It changes nothing, and leaves no record.
func accountID(ctx context.Context, d desk, name string) error {
	_, key, err := accounts.NormalizeUsername(name)
	if err != nil {
		return fmt.Errorf("%q cannot be a username", name)
	}
	db, err := config.OpenExisting(ctx, config.DatabaseURL(d.getenv))
	if err != nil {
		return err
	}
	defer db.Close()
	current, previous, err := config.Secrets(d.getenv, db.Path())
	if err != nil {
		return err
	}
	if err := d.printID(current, key); err != nil || previous == nil {
		return err
	}
	return d.printID(previous, key)
}

func (d desk) printID(secret []byte, account string) error {
	ids, err := logs.NewAccountIDs(secret)
	if err != nil {
		return err
	}
	fmt.Fprintln(d.stdout, ids.Of(account))
	return nil
}
