package agent

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// On a fresh machine the starter serves what the link leads to. Where the link
// did not move, it must not start.
func TestSwitchSteps_startNothingWhereTheLinkDidNotMove(t *testing.T) {
	m := newMachine(t)
	asked := playSystemctl(t)
	steps := (&change{machine: m}).switchSteps("v1", nil)
	last := steps[len(steps)-1]
	require.Equal(t, "switch to slot a", last.Name)

	inTheWay := m.path("opt/authbook/current.new/x")
	require.NoError(t, os.MkdirAll(inTheWay, 0o755))
	require.Error(t, last.Do(t.Context()))
	assert.NoFileExists(t, asked, "systemctl was asked to start something")

	require.NoError(t, os.RemoveAll(filepath.Dir(inTheWay)))
	require.NoError(t, last.Do(t.Context()))
	text, err := os.ReadFile(asked)
	require.NoError(t, err)
	assert.Equal(t, "start authbook.service authbook-backup.timer authbook-recent.timer\n", string(text))
}

// ship shows the last line of what host complains about, so there must be one.
func TestRun_complainsInOneLine(t *testing.T) {
	m := newMachine(t)
	playSystemctl(t)
	step := (&change{machine: m}).startStep("a", "v1")
	require.NoError(t, os.MkdirAll(m.path("opt/authbook/slots/a/x"), 0o755))
	require.NoError(t, os.MkdirAll(m.settingsFile("a")+"/x", 0o755))
	err := oneLine(step.Undo(t.Context()))
	require.ErrorContains(t, err, "slots/a")
	require.ErrorContains(t, err, "slot-a.env", "the second failure does not hide behind the first")
	assert.NotContains(t, err.Error(), "\n")
	require.NoError(t, oneLine(nil))
}

// playSystemctl puts a program in the place of systemctl that notes what it is
// asked, and returns the file of its notes.
func playSystemctl(t *testing.T) (asked string) {
	t.Helper()
	bin := t.TempDir()
	asked = filepath.Join(bin, "asked")
	script := "#!/bin/sh\necho \"$@\" >>" + asked + "\n"
	require.NoError(t, os.WriteFile(filepath.Join(bin, "systemctl"), []byte(script), 0o755))
	t.Setenv("PATH", bin+":"+os.Getenv("PATH"))
	return asked
}
