package agent

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"slices"
	"time"
)

// kind is what a copy of the database was made for. Its name begins with it, and
// goes on with its time.
type kind string

const (
	ofShips  kind = "20"       // no word: the copies of older releases have none either
	attempts kind = "attempt-" // of a ship that has not ended well yet
	manual   kind = "manual-"
	daily    kind = "daily-"
	weekly   kind = "weekly-"
	recent   kind = "recent-" // of the minute
)

// keep is how many copies of a kind stay. No kind takes the place of another one:
// an evening of failed ships leaves the copies of the week alone.
func (k kind) keep() int {
	switch k {
	case attempts:
		return 2
	case daily:
		return 7
	case weekly:
		return 4
	case recent:
		return 3
	}
	return 5
}

// The forms of the times in the names, which sort by them.
const (
	momentForm = "20060102T150405.000Z"
	dayForm    = "20060102"
)

// nameAt is the name of a copy. A day has one at most.
func (k kind) nameAt(t time.Time) string {
	switch k {
	case daily, weekly:
		return string(k) + t.UTC().Format(dayForm) + ".db"
	case ofShips:
		return t.UTC().Format(momentForm) + ".db"
	}
	return string(k) + t.UTC().Format(momentForm) + ".db"
}

// copies is the folder of the copies. The service's user owns it and could put
// links into it, so root follows none that leads out of the service's folder.
type copies struct{ root *os.Root }

func (m *machine) openCopies() (copies, error) {
	root, err := os.OpenRoot(m.path("/var/lib/authbook"))
	return copies{root}, err
}

const inBackups = "backups/"

// names returns the copies of a kind, the oldest first.
func (c copies) names(k kind) ([]string, error) {
	paths, err := fs.Glob(c.root.FS(), inBackups+string(k)+"*.db")
	slices.Sort(paths)
	return paths, err
}

// prune removes all but the newest copies of a kind.
func (c copies) prune(k kind) error {
	paths, err := c.names(k)
	if err != nil {
		return err
	}
	for _, path := range paths[:max(0, len(paths)-k.keep())] {
		err = errors.Join(err, c.root.Remove(path))
	}
	return err
}

// backup copies the SQLite database for the operator while the server goes on.
func (c copier) backup(ctx context.Context) error {
	_, err := c.copyNow(ctx, manual, time.Now())
	return err
}

// copyNow makes a copy of a kind, and removes the oldest ones. It returns the name,
// "" where the database is none to copy.
func (c copier) copyNow(ctx context.Context, k kind, now time.Time) (name string, err error) {
	if c.layout.Current() == "" {
		return "", errNothingShipped
	}
	if c.onPostgreSQL() {
		c.say("  the database is PostgreSQL: it is backed up with pg_dump, not here")
		return "", nil
	}
	name = k.nameAt(now)
	folder, err := c.makeCopy(ctx, k, name)
	if err != nil {
		return "", err
	}
	defer folder.root.Close()
	c.say("  %s", backups+name)
	return name, folder.prune(k)
}

// makeCopy writes a copy that is there whole or not at all. One of the minute may be
// made beside another one.
func (c copier) makeCopy(ctx context.Context, k kind, name string) (copies, error) {
	unfinished := "unfinished"
	if k == recent {
		unfinished += "-recent"
	}
	_ = os.Remove(c.path(backups + unfinished)) // what a power cut has left
	if err := c.runFinal(ctx, io.Discard, "backup", c.path(backups+unfinished)); err != nil {
		return copies{}, err
	}
	folder, err := c.openCopies() // it is there now
	if err != nil {
		return folder, err
	}
	return folder, folder.root.Rename(inBackups+unfinished, inBackups+name)
}

// keepAttempt makes the copy of a ship that has ended well one of those that stay.
func (c *change) keepAttempt() error {
	if c.attempt == "" {
		return nil
	}
	folder, err := c.openCopies()
	if err != nil {
		return err
	}
	defer folder.root.Close()
	kept := c.attempt[len(attempts):]
	if err := folder.root.Rename(inBackups+c.attempt, inBackups+kept); err != nil {
		return err
	}
	return folder.prune(ofShips)
}
