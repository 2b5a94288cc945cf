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
	"time"
)

// backups is the folder of the copies.
const backups = "/var/lib/authbook/backups/"

// backupBefore copies the database before a new release may migrate it.
func (c *change) backupBefore(ctx context.Context) error {
	if c.layout.Current() == "" {
		return nil // there is no database yet
	}
	name, err := copier{c.machine}.copyNow(ctx, attempts, time.Now())
	c.attempt = name
	return err
}

// scarce is in KiB: it stays free for the server.
const scarce = 64 << 10

// backupIfPossible is backupBefore for the way back, which migrates nothing: a
// full disk must not close it, nor may a copy take the room in which the server
// writes.
func (c *change) backupIfPossible(ctx context.Context) error {
	err := copier{c.machine}.checkRoom(ctx)
	if err == nil {
		err = c.backupBefore(ctx)
	}
	if err != nil {
		c.say("  WARNING: no copy is made (%v); the way back goes on without one", err)
	}
	return ctx.Err()
}

// checkRoom refuses to fill the disk with a copy. Where the system doesn't say how
// much room there is, it is not asked.
func (c copier) checkRoom(ctx context.Context) error {
	_, text, _ := c.volume(ctx)
	free, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil
	}
	need := int64(scarce)
	if info, err := os.Stat(c.database()); err == nil {
		need += info.Size() >> 10
	}
	if free < need {
		return fmt.Errorf("%d KiB are free", free)
	}
	return nil
}

// onPostgreSQL reports whether the operator has chosen PostgreSQL.
func (m *machine) onPostgreSQL() bool {
	return strings.HasPrefix(strings.ToLower(m.chosen("DATABASE_URL")), "postgres")
}

// fetch sends a copy to the operator.
func (c copier) fetch(path string) error {
	if err := c.checkBackup(path); err != nil {
		return err
	}
	return c.send(c.path(path))
}

// restore puts the users of a copy back: of one in the folder of the copies, or
// of the one that comes from the operator where path is "".
func (c copier) restore(ctx context.Context, path string) error {
	if c.layout.Current() == "" {
		return errNothingShipped
	}
	if path != "" {
		if err := c.checkBackup(path); err != nil {
			return err
		}
		return c.runFinal(ctx, c.out, "restore", c.path(path))
	}
	uploaded, err := c.receiveCopy(ctx)
	if err != nil {
		return err
	}
	defer os.Remove(uploaded)
	return c.runFinal(ctx, c.out, "restore", uploaded)
}

// checkBackup keeps an operator's path inside the folder of the copies.
func (c copier) checkBackup(path string) error {
	if filepath.Dir(path) != filepath.Clean(backups) {
		return fmt.Errorf("%s is not in %s", path, backups)
	}
	if _, err := os.Stat(c.path(path)); err != nil {
		return fmt.Errorf("there is no copy %s on this machine", path)
	}
	return nil
}

// receiveCopy writes what the operator sends to a file for the service's user.
func (c copier) receiveCopy(ctx context.Context) (path string, err error) {
	left, _ := filepath.Glob(c.path(state + "uploaded-*")) // what a power cut left
	for _, path := range left {
		_ = os.Remove(path)
	}
	// Not a name that ends in .db: it is none of the copies to keep.
	file, err := os.CreateTemp(c.path(state), "uploaded-*") // mode 0600
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(file.Name())
		}
	}()
	_, err = io.CopyN(file, c.in, c.size)
	if err := errors.Join(err, file.Close()); err != nil {
		return "", fmt.Errorf("the copy did not arrive whole: %w", err)
	}
	// The service's user owns the folder, and may have put a link in its place.
	_, err = command(ctx, "chown", "--no-dereference", user+":"+user, file.Name())
	return file.Name(), err
}
