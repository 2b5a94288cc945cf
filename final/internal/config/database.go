package config

import (
	"context"
	"fmt"

	"example.com/authbook/final/internal/store"
)

// DatabaseURL returns DATABASE_URL, for the operator's commands: they need
// nothing else, and least of all the secret.
func DatabaseURL(getenv func(string) string) string { return environment(getenv).value("DATABASE_URL") }

// OpenDatabase opens the store. Its error names the variable.
func OpenDatabase(ctx context.Context, databaseURL string) (*store.DB, error) {
	return openWith(ctx, store.Open, databaseURL)
}

// OpenExisting is OpenDatabase for commands that make no new one.
func OpenExisting(ctx context.Context, databaseURL string) (*store.DB, error) {
	return openWith(ctx, store.OpenExisting, databaseURL)
}

// opener is store.Open or store.OpenExisting.
type opener func(ctx context.Context, databaseURL string) (*store.DB, error)

func openWith(ctx context.Context, open opener, databaseURL string) (*store.DB, error) {
	db, err := open(ctx, databaseURL)
	if err != nil {
		return nil, fmt.Errorf("DATABASE_URL: %w", err)
	}
	return db, nil
}

// CheckPlaces reports whether the server could open its database and write to its
// folders. It makes the folders.
func (c Config) CheckPlaces(ctx context.Context) error {
	database, err := store.Check(ctx, c.DatabaseURL)
	if err != nil {
		return fmt.Errorf("DATABASE_URL: %w", err)
	}
	if _, err := c.MakeCertDir(database); err != nil {
		return err
	}
	_, err = c.MakeAuditDir(database)
	return err
}
