package agent

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// share bounds what the copies of the minute cost: one of them, with its way
// elsewhere, takes at most one part in so many of the time.
const share = 20

// progressFile is root's, and need not outlive a boot.
const progressFile = "run/authbook-recent.json"

// progress is how far the copies of the minute are.
type progress struct {
	Begun time.Time // the last one
	Due   time.Time // the next one, and none before
	Sent  string    // the copy that BACKUP_COMMAND has taken; "": none
}

// recent makes a copy if the database has changed since the last one, and gives it to
// BACKUP_COMMAND. authbook-recent.timer runs it each minute. It takes no lock: a ship
// at that moment would be refused.
func (c copier) recent(ctx context.Context) error {
	every, err := c.every()
	if err != nil || every == 0 || c.onPostgreSQL() {
		return err
	}
	path := c.path(progressFile)
	text, _ := os.ReadFile(path)
	var was progress
	_ = json.Unmarshal(text, &was) // not there: this is the first
	now := time.Now()
	if was.waits(now) {
		return nil
	}
	sent, err := c.keepRecent(ctx, was.Sent, now)
	text, _ = json.Marshal(progress{now, now.Add(pause(every, time.Since(now))), sent}) // never fails
	return errors.Join(err, files{path: text}.write())
}

// pause is how long after the beginning of a copy that took so long the next may begin.
func pause(every, took time.Duration) time.Duration { return max(every, share*took) }

// waits reports whether the next copy isn't due. Where the clock was put back, it is.
func (p progress) waits(now time.Time) bool { return !now.Before(p.Begun) && now.Before(p.Due) }

// every is how often the operator wants a copy; 0 for the ones of each night alone.
func (m *machine) every() (time.Duration, error) {
	text := cmp.Or(m.chosen("BACKUP_EVERY"), "1m")
	if text == "off" {
		return 0, nil
	}
	every, err := time.ParseDuration(text)
	if err != nil {
		return 0, fmt.Errorf("BACKUP_EVERY=%s is no time", text)
	}
	return every, nil
}

// complete is the file whose time says until when all that was written is in a copy.
const complete = inBackups + "complete"

// keepRecent sees to it that all that was written until now is in a copy, here and
// elsewhere. It returns which copy was sent last.
func (c copier) keepRecent(ctx context.Context, sent string, now time.Time) (string, error) {
	folder, err := c.openCopies()
	if err != nil {
		return sent, err
	}
	defer folder.root.Close()
	newest, err := c.newestAt(ctx, folder, now)
	if err != nil {
		return sent, err
	}
	if err := folder.touch(complete, now); err != nil {
		return sent, err
	}
	return c.sendElsewhere(ctx, folder, newest, sent, now)
}

// newestAt returns the newest copy of the minute, and makes it where the database has
// changed since.
func (c copier) newestAt(ctx context.Context, folder copies, now time.Time) (string, error) {
	paths, err := folder.names(recent)
	if err != nil {
		return "", err
	}
	if len(paths) > 0 && !c.changedSince(paths[len(paths)-1], now) {
		return filepath.Base(paths[len(paths)-1]), nil
	}
	if err := c.checkRoom(ctx); err != nil {
		return "", fmt.Errorf("no copy is made: %w", err)
	}
	name := recent.nameAt(now)
	made, err := c.makeCopy(ctx, recent, name)
	if err != nil {
		return "", err
	}
	defer made.root.Close()
	for _, path := range paths {
		if path > inBackups+name { // made while the clock was wrong; it would stay for the newest
			err = errors.Join(err, folder.root.Remove(path))
		}
	}
	return name, errors.Join(err, folder.thin())
}

// keepHours is for how many hours in which there was a copy the last one stays. With
// the newest ones alone, a mistake would be in all of them after minutes.
const keepHours = 12

// thin removes the copies of the minute that are neither new nor the last of an hour.
func (c copies) thin() error {
	paths, err := c.names(recent)
	hours := map[string]bool{}
	for i, path := range slices.Backward(paths) {
		hour := path[:len(inBackups+string(recent)+"20060102T15")]
		last := !hours[hour] && len(hours) < keepHours
		hours[hour] = hours[hour] || last
		if !last && len(paths)-i > recent.keep() {
			err = errors.Join(err, c.root.Remove(path))
		}
	}
	return err
}

// changedSince reports whether the database was written to since the copy was begun,
// as far as its files tell. When in doubt it was.
func (c copier) changedSince(copy string, now time.Time) bool {
	begun, err := time.Parse(string(recent)+momentForm, strings.TrimSuffix(filepath.Base(copy), ".db"))
	if err != nil || begun.After(now) {
		return true
	}
	info, err := os.Stat(c.database())
	if err != nil {
		return true
	}
	written := info.ModTime()
	if log, err := os.Stat(c.database() + "-wal"); err == nil && log.ModTime().After(written) {
		written = log.ModTime()
	}
	return written.After(begun.Add(-time.Second)) // the times of files are coarse
}

// database is the SQLite file.
func (m *machine) database() string { return m.path(cmp.Or(m.chosen("DATABASE_URL"), DatabaseURL)) }
