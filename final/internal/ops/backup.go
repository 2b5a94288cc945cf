package ops

import (
	"context"
	"errors"
	"fmt"
	"io"

	"example.com/authbook/final/internal/config"
)

// Backup runs `final backup FILE`: it copies the SQLite database to a new file
// while the server goes on.
func Backup(ctx context.Context, args []string, getenv func(string) string, stdout io.Writer) error {
	if len(args) != 1 || isFlag(args[0]) {
		return errors.New("backup takes one new file: final backup FILE")
	}
	db, err := config.OpenExisting(ctx, config.DatabaseURL(getenv))
	if err != nil {
		return err
	}
	defer db.Close()
	if err := db.Backup(ctx, args[0]); err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%s is a copy of the database as it was at this moment\n", args[0])
	return nil
}
