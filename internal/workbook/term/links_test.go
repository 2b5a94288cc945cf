package term

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestUI_linked(t *testing.T) {
	root := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(root, "01-a"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(root, "01-a", "b.go"), nil, 0o644))
	link := func(text string) string {
		return "\x1b]8;;file:///" + filepath.ToSlash(root)[1:] + "/01-a/b.go\x1b\\" + text + "\x1b]8;;\x1b\\"
	}
	for _, row := range []struct {
		name, line, want string
		links            bool
	}{
		{"a place is a link to its file", "edit 01-a/b.go:7", "edit " + link("01-a/b.go:7"), true},
		{"what follows is not part of it", "01-a/b.go, and", link("01-a/b.go") + ", and", true},
		{"a file that is not there is none", "01-a/c.go:7", "01-a/c.go:7", true},
		{"a folder is none", "go test ./01-a", "go test ./01-a", true},
		{"the way out of the course is none", "01-a/../../etc/passwd", "01-a/../../etc/passwd", true},
		{"a terminal that shows none gets none", "01-a/b.go:7", "01-a/b.go:7", false},
	} {
		t.Run(row.name, func(t *testing.T) {
			var out bytes.Buffer
			u := &UI{Out: &out, Width: 80, links: row.links}
			u.LinkBelow(root)
			u.Say("%s", row.line)
			assert.Equal(t, row.want+"\n", out.String())
		})
	}
}

// A link is longer than the line that is seen, and must not break it sooner.
func TestUI_linked_takesNoColumns(t *testing.T) {
	root := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(root, "01-a"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(root, "01-a", "b.go"), nil, 0o644))
	var out bytes.Buffer
	u := &UI{Out: &out, Width: 40, links: true}
	u.LinkBelow(root)
	u.Label("edit", "01-a/b.go:7   2.1 Sum is to do")
	u.Tell("Look at 01-a/b.go:7, then go on there.")
	assert.Equal(t, 2, bytes.Count(out.Bytes(), []byte("\n")))
	assert.Equal(t, 2, bytes.Count(out.Bytes(), []byte("\x1b]8;;file://")))
}

// Older pagers would print a link's bytes.
func TestUI_linked_notInAPager(t *testing.T) {
	t.Setenv("PAGER", "cat")
	var out bytes.Buffer
	u := &UI{Out: &out, Width: 80, Screen: true, links: true}
	u.LinkBelow("..")
	say := func() error { u.Say("term/ui.go"); return nil }
	require.NoError(t, u.Paged(say))
	assert.Equal(t, "term/ui.go\n", out.String())
	require.NoError(t, say())
	assert.Contains(t, out.String(), "\x1b]8;;", "and after it there are links again")
}

func TestShowsLinks(t *testing.T) {
	for _, row := range []struct {
		name string
		env  map[string]string
		want bool
	}{
		{"an unknown terminal gets none", map[string]string{"TERM": "xterm-256color"}, false},
		{"kitty", map[string]string{"TERM": "xterm-kitty"}, true},
		{"iTerm2", map[string]string{"TERM_PROGRAM": "iTerm.app"}, true},
		{"Windows Terminal", map[string]string{"WT_SESSION": "x"}, true},
		{"GNOME's, since links came", map[string]string{"VTE_VERSION": "7600"}, true},
		{"and before", map[string]string{"VTE_VERSION": "4800"}, false},
		{"VS Code does better by itself", map[string]string{"TERM_PROGRAM": "vscode"}, false},
		{"a file of another machine", map[string]string{"TERM": "xterm-kitty", "SSH_CONNECTION": "x"}, false},
		{"who wants them gets them", map[string]string{"FORCE_HYPERLINK": "1"}, true},
		{"who wants none gets none", map[string]string{"TERM": "xterm-kitty", "FORCE_HYPERLINK": "0"}, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.want, showsLinks(func(name string) string { return row.env[name] }))
		})
	}
}
