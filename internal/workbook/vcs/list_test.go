package vcs

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"example.com/authbook/internal/workbook/fixture"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// listed is a row of a list: secret or harmless, a file, a line.
type listed struct{ kind, file, line string }

func readList(t *testing.T, name string) []listed {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "review", "testdata", "secrets", name))
	require.NoError(t, err)
	var all []listed
	for row := range strings.Lines(strings.ReplaceAll(string(text), "¦", "")) {
		if strings.HasPrefix(row, "#") {
			continue
		}
		parts := strings.SplitN(strings.TrimRight(row, "\n"), "\t", 3)
		require.Len(t, parts, 3, "%s: %q", name, row)
		all = append(all, listed{parts[0], parts[1], parts[2]})
	}
	return all
}

// The rules were made with the open list in sight. The sealed one was opened when they
// were done, and nothing was fitted to it: its figure is the honest one.
func TestSecretKind_lists(t *testing.T) {
	for _, row := range []struct {
		list   string
		least  int // found of the 30
		alarms int // at most
	}{{"open.txt", 30, 0}, {"sealed.txt", 28, 1}} {
		t.Run(row.list, func(t *testing.T) {
			found, secrets, alarms := 0, 0, 0
			for _, l := range readList(t, row.list) {
				isFound := SecretKind(l.line) != "" || secretFile(l.file) != ""
				switch {
				case l.kind == "secret":
					secrets++
					if isFound {
						found++
					}
				case isFound:
					alarms++
				}
			}
			t.Logf("%d of %d found, %d false alarms", found, secrets, alarms)
			assert.GreaterOrEqual(t, found, row.least)
			assert.LessOrEqual(t, alarms, row.alarms)
		})
	}
}

// madeUp are values that look like secrets because somebody made them so, for tests and
// examples, and one of RFC 7515. To find them is right.
var madeUp = []string{"hunter2", "AKIAQWERTYUIOPASDFGH", "correct-horse-battery-staple", "not-for-everybody",
	"kV3zP8wq0mJx5tYb2nHs7dLf4gRc1uE", "Zq8vR2tLw0p", "Zt7mQ2xW9rLc4vKp1nYd6sHj3bFg8aUe", "AyM1SysPpbyDfgZld3umj1qz",
	"A7rjgE7v5TBLafI8q6D1tOYkb9MsNHIPWuZQEm69YhI", "a-string-secret-at-least-256-bits-long", "ChangeMe-ChangeMe",
	"dragon2026!", "+-----BEGIN PRIVATE KEY-----"}

func TestSecretKind_isCalmAboutThisTree(t *testing.T) {
	fixture.SkipUnlessLong(t)
	root, err := fixture.Root()
	require.NoError(t, err)
	list := exec.CommandContext(t.Context(), "git", "ls-files", "-z")
	list.Dir = root
	names, err := list.Output()
	if err != nil {
		t.Skip("no repository is here: ", err)
	}
	var alarms []string
	for name := range strings.SplitSeq(strings.TrimSuffix(string(names), "\x00"), "\x00") {
		text, err := os.ReadFile(filepath.Join(root, name))
		isOurs := strings.Contains(name, "testdata/secrets/") || strings.HasPrefix(name, "internal/workbook/vcs/")
		if err != nil || isOurs || bytes.IndexByte(text[:min(8000, len(text))], 0) >= 0 {
			continue
		}
		for line := range strings.Lines(string(text)) {
			if kind := SecretKind(line); kind != "" && !isMadeUp(line) {
				alarms = append(alarms, name+": "+kind)
			}
		}
	}
	assert.LessOrEqual(t, len(alarms), 2, "false alarms:\n%s", strings.Join(alarms, "\n"))
}

func isMadeUp(line string) bool {
	for _, value := range madeUp {
		if strings.Contains(line, value) {
			return true
		}
	}
	return false
}
