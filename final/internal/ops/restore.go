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

	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/store"
)

// asidePrefix begins the name of a database that a restore has put aside.
const asidePrefix = "before-restore-"

// keepAside is how many of those stay.
const keepAside = 5

// skipFlag leaves out the rows of a copy that no release could have stored.
const skipFlag = "--skip-bad-rows"

// Restore runs `final restore [--skip-bad-rows] FILE`: it puts back the users
// of a copy that `final backup` made, while the server goes on. The database as
// it was stays beside it.
func Restore(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) error {
	skip := len(args) > 0 && args[0] == skipFlag
	if skip {
		args = args[1:]
	}
	if len(args) != 1 || isFlag(args[0]) {
		return fmt.Errorf("restore takes one copy of the database: final restore FILE, or: final restore %s FILE", skipFlag)
	}
	db, err := config.OpenDatabase(ctx, config.DatabaseURL(getenv))
	if err != nil {
		return err
	}
	defer db.Close()
	d, err := desk{command: "restore", getenv: getenv, stdout: stdout, stderr: stderr}.withTrail(db.Path())
	if err != nil {
		return err
	}
	err = restoreFrom(ctx, db, args[0], skip, stdout)
	d.audit(ctx, everyUser, err == nil)
	if err != nil {
		return err
	}
	if err := pruneAside(filepath.Dir(db.Path())); err != nil {
		fmt.Fprintf(stderr, "WARNING: an older %s*.db could not be removed: %v\n", asidePrefix, err)
	}
	return nil
}

// restoreFrom restores the copy at path and says what it has done, and which
// rows it has left out.
func restoreFrom(ctx context.Context, db *store.DB, path string, skip bool, stdout io.Writer) error {
	aside := filepath.Join(filepath.Dir(db.Path()), asidePrefix+time.Now().UTC().Format("20060102T150405.000Z")+".db")
	var left []error
	var leaveOut func(error)
	if skip {
		leaveOut = func(row error) { left = append(left, row) }
	}
	users, err := db.Restore(ctx, path, aside, leaveOut)
	if _, isBad := errors.AsType[*store.BadUser](err); isBad {
		return fmt.Errorf("nothing is restored: %w; final restore %s FILE restores the others", err, skipFlag)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(stdout, "users restored: %d, as they were in the copy; everybody has to log in again\n", users)
	for _, row := range left {
		fmt.Fprintf(stdout, "left out: %v\n", row)
	}
	fmt.Fprintf(stdout, "the database as it was before is in %s\n", aside)
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
