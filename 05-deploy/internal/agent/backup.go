package agent

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// backups is the folder of the copies.
const backups = "/var/lib/authbook/backups/"

// backupBefore copies the database before a new release may migrate it.
func (m *machine) backupBefore(ctx context.Context) error {
	if m.layout.Current() == "" {
		return nil // there is no database yet
	}
	return m.copyNow(ctx, attempts)
}

// scarce is in KiB: with less, the way back makes no copy.
const scarce = 64 << 10

// backupIfPossible is backupBefore for the way back, which migrates nothing: a
// full disk must not close it, nor may a copy take the room in which the server
// writes.
func (m *machine) backupIfPossible(ctx context.Context) error {
	_, text, _ := m.volume(ctx)
	if free, err := strconv.Atoi(text); err == nil && free < scarce {
		m.say("  WARNING: no copy is made (%d KiB are free); the way back goes on without one", free)
		return ctx.Err()
	}
	if err := m.backupBefore(ctx); err != nil {
		m.say("  WARNING: no copy is made (%v); the way back goes on without one", err)
	}
	return ctx.Err()
}

// onPostgreSQL reports whether the operator has chosen PostgreSQL.
func (m *machine) onPostgreSQL() bool {
	return strings.HasPrefix(strings.ToLower(m.chosen("DATABASE_URL")), "postgres")
}

// fetch sends a copy to the operator.
func (m *machine) fetch(path string) error {
	if err := m.checkBackup(path); err != nil {
		return err
	}
	return m.send(path)
}

// restore puts the users of a copy back: of one in the folder of the copies, or
// of the one that comes from the operator where path is "".
func (m *machine) restore(ctx context.Context, path string) error {
	if m.layout.Current() == "" {
		return errNothingShipped
	}
	if path == "" {
		uploaded, err := m.receiveCopy(ctx)
		if err != nil {
			return err
		}
		defer os.Remove(uploaded)
		path = uploaded
	} else if err := m.checkBackup(path); err != nil {
		return err
	}
	return m.runFinal(ctx, m.out, "restore", path)
}

// checkBackup keeps an operator's path inside the folder of the copies.
func (m *machine) checkBackup(path string) error {
	if filepath.Dir(path) != filepath.Clean(m.path(backups)) {
		return fmt.Errorf("%s is not in %s", path, m.path(backups))
	}
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("there is no copy %s on this machine", path)
	}
	return nil
}

// receiveCopy writes what the operator sends to a file for the service's user.
func (m *machine) receiveCopy(ctx context.Context) (path string, err error) {
	left, _ := filepath.Glob(m.path(state + "uploaded-*")) // what a power cut left
	for _, path := range left {
		_ = os.Remove(path)
	}
	// Not a name that ends in .db: it is none of the copies to keep.
	file, err := os.CreateTemp(m.path(state), "uploaded-*") // mode 0600
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name())
		}
	}()
	_, err = io.CopyN(file, m.in, m.size)
	if err := errors.Join(err, file.Close()); err != nil {
		return "", fmt.Errorf("the copy did not arrive whole: %w", err)
	}
	// The service's user owns the folder, and may have put a link in its place.
	_, err = command(ctx, "chown", "--no-dereference", user+":"+user, file.Name())
	return file.Name(), err
}
