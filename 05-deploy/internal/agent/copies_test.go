package agent

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	deploy "example.com/authbook/05-deploy"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var newYear = time.Date(2026, 1, 1, 3, 0, 0, 0, time.UTC)

// copyNames are the copies on the machine, the oldest of each kind first.
func copyNames(t *testing.T, m *machine) []string {
	t.Helper()
	entries, err := os.ReadDir(m.path(backups))
	require.NoError(t, err)
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

// withCopies is a machine that has a copy of each kind for each of ten days.
func withCopies(t *testing.T) *machine {
	m := newMachine(t)
	for day := range 10 {
		for _, k := range []kind{ofShips, attempts, manual, daily, weekly, recent} {
			name := k.nameAt(newYear.AddDate(0, 0, day))
			require.NoError(t, os.WriteFile(m.path(backups+name), nil, 0o600))
		}
	}
	return m
}

func TestCopies_pruneOneKindAlone(t *testing.T) {
	rows := []struct {
		kind   kind
		stay   int
		oldest string
	}{
		{ofShips, 5, "20260106T030000.000Z.db"},
		{attempts, 2, "attempt-20260109T030000.000Z.db"},
		{manual, 5, "manual-20260106T030000.000Z.db"},
		{daily, 7, "daily-20260104.db"},
		{weekly, 4, "weekly-20260107.db"},
	}
	for _, row := range rows {
		t.Run(row.oldest, func(t *testing.T) {
			m := withCopies(t)
			c, err := m.openCopies()
			require.NoError(t, err)
			defer c.root.Close()
			require.NoError(t, c.prune(row.kind))
			left, err := c.names(row.kind)
			require.NoError(t, err)
			require.Len(t, left, row.stay)
			assert.Equal(t, inBackups+row.oldest, left[0], "the newest stay")
			assert.Len(t, copyNames(t, m), 50+row.stay, "the other kinds stay as they are")
		})
	}
}

func TestCopies_keepOneAWeek(t *testing.T) {
	m := newMachine(t)
	c, err := m.openCopies()
	require.NoError(t, err)
	defer c.root.Close()
	for day := range 60 {
		now := newYear.AddDate(0, 0, day)
		name := daily.nameAt(now)
		require.NoError(t, os.WriteFile(m.path(backups+name), []byte(name), 0o600))
		require.NoError(t, c.keepWeekly(name, now))
		require.NoError(t, c.prune(daily))
	}
	kept, err := c.names(weekly)
	require.NoError(t, err)
	assert.Equal(t, []string{"backups/weekly-20260205.db", "backups/weekly-20260212.db", "backups/weekly-20260219.db",
		"backups/weekly-20260226.db"}, kept)
	text, err := os.ReadFile(m.path("var/lib/authbook/" + kept[0]))
	require.NoError(t, err)
	assert.Equal(t, "daily-20260205.db", string(text), "it outlives that of its day")
}

// shipped is a machine with a release whose backups say "a copy", and a
// systemd-run that runs what it is given.
func shipped(t *testing.T) *machine {
	m := newMachine(t)
	m.version = "v1"
	release, bin := m.path("opt/authbook/releases/v1"), t.TempDir()
	require.NoError(t, os.MkdirAll(release, 0o755))
	require.NoError(t, m.layout.Point(deploy.SlotA, "v1"))
	require.NoError(t, m.layout.Switch(deploy.SlotA))
	for path, text := range map[string]string{
		filepath.Join(release, deploy.Binary): `printf "a copy" >"$2"`,
		filepath.Join(bin, "systemd-run"): `while case "$1" in --*) ;; *) false;; esac; do shift; done
[ "$1" != /bin/sh ] || exec /bin/sh -c 'eval "$BACKUP_COMMAND"'
exec "$@"`,
	} {
		require.NoError(t, os.WriteFile(path, []byte("#!/bin/sh\n"+text+"\n"), 0o755))
	}
	t.Setenv("PATH", bin+":"+os.Getenv("PATH"))
	return m
}

// chooses makes BACKUP_COMMAND what the operator has set.
func (m *machine) chooses(t *testing.T, command string) {
	require.NoError(t, os.MkdirAll(m.path("etc/authbook"), 0o755))
	require.NoError(t, os.WriteFile(m.path(operatorFile), []byte("BACKUP_COMMAND="+command+"\n"), 0o600))
}

func TestMachine_today(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // in which it does not get midnight
		m := shipped(t)
		require.NoError(t, copier{m}.today(t.Context()))
		require.Len(t, copyNames(t, m), 2, "one of the day and one of the week")

		sent := filepath.Join(t.TempDir(), "sent")
		m.chooses(t, "echo the bucket is gone >&2; exit 3")
		err := copier{m}.today(t.Context())
		require.ErrorContains(t, err, " is not elsewhere: the bucket is gone")
		assert.NoFileExists(t, m.path("var/lib/authbook/"+elsewhere))
		m.chooses(t, "cat >"+sent)
		require.NoError(t, copier{m}.today(t.Context()))
		text, err := os.ReadFile(sent)
		require.NoError(t, err)
		assert.Equal(t, "a copy", string(text))
		info, err := os.Stat(m.path("var/lib/authbook/" + elsewhere))
		require.NoError(t, err)
		assert.WithinDuration(t, time.Now(), info.ModTime(), time.Minute)
		names := strings.Join(copyNames(t, m), " ")
		assert.Regexp(t, `^daily-\d+\.db elsewhere weekly-\d+\.db$`, names, "a day has one copy, however often it is tried")
	})
}

// A link of the service's user must not make root send another file away.
func TestMachine_todaySendsNoOtherFile(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // in which it does not get midnight
		m := shipped(t)
		secret, sent := m.path("secret"), filepath.Join(t.TempDir(), "sent")
		require.NoError(t, os.WriteFile(secret, []byte("secret"), 0o600))
		require.NoError(t, os.Symlink(secret, m.path(backups+daily.nameAt(time.Now()))))
		m.chooses(t, "cat >"+sent)
		require.Error(t, copier{m}.today(t.Context()))
		assert.NoFileExists(t, sent)
	})
}

func TestMachine_backupsOfPostgreSQLAreNotOurs(t *testing.T) {
	m := shipped(t)
	var said bytes.Buffer
	m.out = &said
	require.NoError(t, os.MkdirAll(m.path("etc/authbook"), 0o755))
	require.NoError(t, os.WriteFile(m.path(operatorFile), []byte("DATABASE_URL=postgres://db/authbook\n"), 0o600))
	require.NoError(t, copier{m}.today(t.Context()))
	assert.Contains(t, said.String(), "pg_dump")
	assert.Empty(t, copyNames(t, m))
}

// Each ship makes a copy. Those of ships that ended badly take the place of none.
func TestMachine_keepsTheCopyOfAShipThatEndedWell(t *testing.T) {
	m := shipped(t)
	c := &change{machine: m}
	for range 9 { // nine bad ones
		require.NoError(t, c.backupBefore(t.Context()))
	}
	bad := copyNames(t, m)
	assert.LessOrEqual(t, len(bad), attempts.keep())
	require.NoError(t, c.backupBefore(t.Context()))
	require.NoError(t, c.keepAttempt())
	kept := strings.TrimPrefix(c.attempt, string(attempts))
	assert.Contains(t, copyNames(t, m), kept)
	assert.NotContains(t, copyNames(t, m), c.attempt)
}
