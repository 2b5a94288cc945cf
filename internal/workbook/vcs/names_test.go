package vcs

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"example.com/authbook/internal/workbook/fixture"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// git quotes a name that is not ASCII where lines end in a line end, and a name
// may have blanks.
func TestGit_readsNamesOfFilesWhole(t *testing.T) {
	const name = "내 것.go"
	dir, home := fixture.NewCourse(t), t.TempDir()
	for _, variable := range fixture.Environment(home) {
		name, value, _ := strings.Cut(variable, "=")
		t.Setenv(name, value)
	}
	git := func(args ...string) {
		cmd := exec.CommandContext(t.Context(), "git", args...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", out)
	}
	git("init", "-q", "-b", "start/01-greet")
	git("add", "-A")
	git("commit", "-qm", "init")
	git("switch", "-q", "-c", "chapter/01-greet")
	tool, _ := fixture.Open(t, dir)
	require.NoError(t, tool.Course.Write(filepath.Join(dir, ".workbook", "01-greet", "reference", name), "package p\n"))
	git("add", "-A")
	git("commit", "-qm", "forge")

	g, err := Open(t.Context(), tool.Course, tool.UI)
	require.NoError(t, err)
	ch, err := tool.Course.Chapter("1")
	require.NoError(t, err)
	assert.Equal(t, []string{".workbook/01-greet/reference/" + name}, g.Forged(ch))
	reference, err := g.ReferenceAt("HEAD", "01-greet")
	require.NoError(t, err)
	assert.Equal(t, "package p\n", reference[name])
}
