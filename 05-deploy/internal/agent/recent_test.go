package agent

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// written makes a file of the database be of a moment.
func written(t *testing.T, path string, at time.Time) {
	t.Helper()
	require.NoError(t, os.WriteFile(path, nil, 0o600))
	require.NoError(t, os.Chtimes(path, at, at))
}

// aMinuteLater runs what the timer runs, when it is due again.
func aMinuteLater(t *testing.T, m *machine) error {
	t.Helper()
	path := m.path(progressFile)
	if text, err := os.ReadFile(path); err == nil {
		var p progress
		require.NoError(t, json.Unmarshal(text, &p))
		p.Due = p.Begun
		text, err = json.Marshal(p)
		require.NoError(t, err)
		require.NoError(t, os.WriteFile(path, text, 0o600))
	}
	return m.do(t.Context(), []string{"recent"})
}

// recents is how many copies of the minute there are.
func recents(t *testing.T, m *machine) int {
	t.Helper()
	paths, err := filepath.Glob(m.path(backups + string(recent) + "*.db"))
	require.NoError(t, err)
	return len(paths)
}

// timeOf is the time of a file of the service's, to the second.
func timeOf(t *testing.T, m *machine, name string) time.Time {
	t.Helper()
	info, err := os.Stat(m.path(state + name))
	require.NoError(t, err)
	return info.ModTime()
}

func TestMachine_recentCopiesWhatHasChanged(t *testing.T) {
	m := shipped(t)
	longAgo := time.Now().Add(-time.Hour)
	written(t, m.database(), longAgo)
	require.NoError(t, aMinuteLater(t, m))
	require.Equal(t, 1, recents(t, m), "the first one")
	require.NoError(t, m.do(t.Context(), []string{"recent"}))
	first := timeOf(t, m, complete)

	require.NoError(t, aMinuteLater(t, m))
	assert.Equal(t, 1, recents(t, m), "nothing has changed")
	assert.True(t, timeOf(t, m, complete).After(first), "and that is known until now")
	written(t, m.database()+"-wal", time.Now())
	require.NoError(t, aMinuteLater(t, m))
	assert.Equal(t, 2, recents(t, m), "a write is in the log at first")
	written(t, m.database()+"-wal", longAgo)
	written(t, m.database(), time.Now())
	require.NoError(t, m.do(t.Context(), []string{"recent"}))
	assert.Equal(t, 2, recents(t, m), "it isn't due yet")
	for range 9 {
		require.NoError(t, aMinuteLater(t, m))
	}
	assert.LessOrEqual(t, recents(t, m), recent.keep()+1, "and at most one of the hour before")
}

func TestMachine_recentSendsEachCopyOnce(t *testing.T) {
	m := shipped(t)
	sent := filepath.Join(t.TempDir(), "sent")
	written(t, m.database(), time.Now().Add(-time.Hour))
	m.chooses(t, "echo the bucket is gone >&2; exit 3")
	require.ErrorContains(t, aMinuteLater(t, m), ".db is not elsewhere: the bucket is gone")
	assert.NoFileExists(t, m.path(state+elsewhere))
	assert.Equal(t, 1, recents(t, m), "it is here all the same")

	m.chooses(t, "cat >>"+sent)
	require.NoError(t, aMinuteLater(t, m), "and is sent as soon as that works")
	first := timeOf(t, m, elsewhere)
	require.NoError(t, aMinuteLater(t, m))
	text, err := os.ReadFile(sent)
	require.NoError(t, err)
	assert.Equal(t, "a copy", string(text), "once")
	assert.True(t, timeOf(t, m, elsewhere).After(first), "all that was written until now is elsewhere")
}

// A ship, which may take a minute, is not refused because of a copy, and stops none.
func TestMachine_recentTakesNoLock(t *testing.T) {
	m := shipped(t)
	require.NoError(t, m.locked(func() error { return aMinuteLater(t, m) }))
	assert.Equal(t, 1, recents(t, m))
}

// Who notices at nine that all users are gone needs a copy of eight.
func TestCopies_thinKeepsTheLastOfEachHour(t *testing.T) {
	m := newMachine(t)
	folder, err := m.openCopies()
	require.NoError(t, err)
	defer folder.root.Close()
	end := newYear.Add(24 * time.Hour)
	for now := newYear; !now.After(end); now = now.Add(10 * time.Minute) {
		require.NoError(t, os.WriteFile(m.path(backups+recent.nameAt(now)), nil, 0o600))
		require.NoError(t, folder.thin())
	}
	var want []string
	for _, ago := range []time.Duration{0, 10 * time.Minute, 20 * time.Minute} {
		want = append(want, recent.nameAt(end.Add(-ago)))
	}
	for hour := range keepHours - 2 {
		want = append(want, recent.nameAt(end.Add(-time.Duration(hour+1)*time.Hour-10*time.Minute)))
	}
	assert.ElementsMatch(t, want, copyNames(t, m))
}

// The newest names are the ones that stay.
func TestMachine_recentOutlivesAWrongClock(t *testing.T) {
	m := shipped(t)
	written(t, m.database(), time.Now().Add(-time.Hour))
	for year := range 6 {
		name := recent.nameAt(time.Now().AddDate(year+1, 0, 0))
		require.NoError(t, os.WriteFile(m.path(backups+name), nil, 0o600))
	}
	require.NoError(t, aMinuteLater(t, m))
	require.Equal(t, 1, recents(t, m), "the one of now")
	require.NoError(t, aMinuteLater(t, m))
	assert.Equal(t, 1, recents(t, m), "by which the next one goes")
}

func TestProgress_waits(t *testing.T) {
	p := progress{Begun: newYear, Due: newYear.Add(time.Minute)}
	assert.True(t, p.waits(newYear.Add(59*time.Second)))
	assert.False(t, p.waits(newYear.Add(time.Minute)))
	assert.False(t, p.waits(newYear.Add(-time.Hour)), "the clock was put back")
	assert.False(t, progress{}.waits(newYear))
}

func TestPause_boundsTheShare(t *testing.T) {
	assert.Equal(t, time.Minute, pause(time.Minute, time.Second))
	assert.Equal(t, 200*time.Second, pause(time.Minute, 10*time.Second), "a twentieth of the time")
}

func TestMachine_recentIsWhatTheOperatorWants(t *testing.T) {
	rows := []struct {
		name, settings string
		copies         int
		failure        string
	}{
		{"each minute", "", 1, ""},
		{"less often", "BACKUP_EVERY=1h\n", 1, ""},
		{"no more than those of each night", "BACKUP_EVERY=off\n", 0, ""},
		{"a wrong one, written by hand", "BACKUP_EVERY=often\n", 0, "BACKUP_EVERY=often is no time"},
		{"PostgreSQL", "DATABASE_URL=postgres://db/authbook\n", 0, ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			m := shipped(t)
			var said bytes.Buffer
			m.out = &said
			require.NoError(t, files{m.path(operatorFile): []byte(row.settings)}.write())
			err := aMinuteLater(t, m)
			if row.failure != "" {
				require.EqualError(t, err, row.failure)
			} else {
				require.NoError(t, err)
			}
			assert.Equal(t, row.copies, recents(t, m))
			assert.Empty(t, said.String(), "it is no news")
		})
	}
}

func TestCopier_leavesTheLastRoomToTheServer(t *testing.T) {
	m := shipped(t)
	bin := t.TempDir()
	df := "#!/bin/sh\necho /dev/x 996780 980108 70000 99% /var/lib/authbook\n"
	require.NoError(t, os.WriteFile(filepath.Join(bin, "df"), []byte(df), 0o755))
	t.Setenv("PATH", bin+":"+os.Getenv("PATH"))
	require.NoError(t, os.WriteFile(m.database(), make([]byte, 4<<20), 0o600))
	require.NoError(t, copier{m}.checkRoom(context.Background()))
	require.NoError(t, os.WriteFile(m.database(), make([]byte, 5<<20), 0o600))
	require.EqualError(t, aMinuteLater(t, m), "no copy is made: 70000 KiB are free")
	assert.Zero(t, recents(t, m))
}
