package layout

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Git for Windows sets core.autocrlf, which writes every text file with CRLF.
// Tests that compare files are red there unless .gitattributes forbids it.
func TestClone_keepsTheEndsOfLinesOnWindows(t *testing.T) {
	if _, err := os.Stat(filepath.Join(root, ".git")); err != nil {
		t.Skip("this is no git repository")
	}
	clone := filepath.Join(t.TempDir(), "clone")
	git(t, root, "-c", "core.autocrlf=true", "clone", "-q", "--depth=1", "file://"+absolute(t, root), clone)
	for line := range strings.Lines(git(t, clone, "ls-files", "--eol")) {
		assert.False(t, strings.HasPrefix(line, "i/lf") && strings.Contains(line, "w/crlf"), line)
	}
}

// A program that somebody has built, or a link that a test has left, is committed by
// one careless "git add".
func TestClone_bringsTextAlone(t *testing.T) {
	if _, err := os.Stat(filepath.Join(root, ".git")); err != nil {
		t.Skip("this is no git repository")
	}
	for line := range strings.Lines(git(t, root, "ls-files", "--eol")) {
		assert.False(t, strings.HasPrefix(line, "i/-text"), "no text: %s", line)
	}
	for line := range strings.Lines(git(t, root, "ls-files", "--stage")) {
		assert.True(t, strings.HasPrefix(line, "100"), "no file: %s", line)
	}
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	abs, err := filepath.Abs(path)
	require.NoError(t, err)
	return filepath.ToSlash(abs)
}

// git runs one git command in dir and returns what it prints.
func git(t *testing.T, dir string, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	return string(out)
}
