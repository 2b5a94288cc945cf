package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	accounts "example.com/authbook/04-signup-login"
)

// restore runs `final restore FILE`: it puts back the users of a copy that
// `final backup` made, while the server goes on. The database as it was stays
// beside it.
func restore(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	if len(args) != 1 || isFlag(args[0]) {
		return errors.New("restore takes one copy of the database: final restore FILE")
	}
	db, err := openDatabase(ctx, databaseURL(getenv))
	if err != nil {
		return err
	}
	defer db.Close()
	aside := ""
	if db.Path() != "" {
		aside = filepath.Join(filepath.Dir(db.Path()), "before-restore-"+time.Now().UTC().Format("20060102T150405.000Z")+".db")
		if err := db.Backup(ctx, aside); err != nil {
			return err
		}
	}
	users, err := db.Restore(ctx, args[0])
	auditCommand(ctx, getenv, stderr, "restore", accounts.User{}, err) // it is about every user
	if err != nil {
		if aside != "" {
			_ = os.Remove(aside) // nothing has changed
		}
		return err
	}
	fmt.Fprintf(stdout, "%d users are back as they were in the copy, and everybody has to log in again\nthe database as it was before is in %s\n", users, aside)
	return nil
}
