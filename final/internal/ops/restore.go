package ops

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	accounts "example.com/authbook/04-signup-login"
	"example.com/authbook/final/internal/config"
)

// asidePrefix begins the name of a database that a restore has put aside.
const asidePrefix = "before-restore-"

// keepAside is how many of those stay.
const keepAside = 5

// Restore runs `final restore FILE`: it puts back the users of a copy that
// `final backup` made, while the server goes on. The database as it was stays
// beside it.
func Restore(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	if len(args) != 1 || isFlag(args[0]) {
		return errors.New("restore takes one copy of the database: final restore FILE")
	}
	db, err := config.OpenDatabase(ctx, config.DatabaseURL(getenv))
	if err != nil {
		return err
	}
	defer db.Close()
	dir := filepath.Dir(db.Path())
	aside := filepath.Join(dir, asidePrefix+time.Now().UTC().Format("20060102T150405.000Z")+".db")
	users, err := db.Restore(ctx, args[0], aside)
	auditCommand(ctx, getenv, stderr, "restore", accounts.User{}, err) // it is about every user
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "%d users are back as they were in the copy, and everybody has to log in again\nthe database as it was before is in %s\n", users, aside)
	if err := pruneAside(dir); err != nil {
		fmt.Fprintf(stderr, "WARNING: an older %s*.db could not be removed: %v\n", asidePrefix, err)
	}
	return nil
}

// pruneAside removes all but the newest files that were put aside. Their names
// sort by time.
func pruneAside(dir string) error {
	entries, err := os.ReadDir(dir) // sorted
	if err != nil {
		return err
	}
	aside := slices.DeleteFunc(entries, func(e os.DirEntry) bool {
		return !strings.HasPrefix(e.Name(), asidePrefix) || !strings.HasSuffix(e.Name(), ".db")
	})
	for _, e := range aside[:max(0, len(aside)-keepAside)] {
		err = errors.Join(err, os.Remove(filepath.Join(dir, e.Name())))
	}
	return err
}
