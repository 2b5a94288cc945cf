package term

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// linker prints for a terminal that shows links, in the folder above.
func linker(t *testing.T, out *bytes.Buffer) (u *UI, root string) {
	t.Helper()
	root, err := filepath.Abs("..")
	require.NoError(t, err)
	u = &UI{Out: out, Width: 40, Screen: true, links: true}
	u.LinkBelow(root)
	return u, root
}

func TestUI_linked(t *testing.T) {
	var out bytes.Buffer
	u, root := linker(t, &out)
	link := func(text string) string {
		return "\x1b]8;;file:///" + strings.TrimPrefix(filepath.ToSlash(root), "/") + "/term/ui.go\x1b\\" + text + "\x1b]8;;\x1b\\"
	}
	for _, row := range []struct{ name, line, want string }{
		{"a place is a link to its file", "edit term/ui.go:7", "edit " + link("term/ui.go:7")},
		{"what follows is not part of it", "term/ui.go, and", link("term/ui.go") + ", and"},
		{"a file that is not there is none", "term/none.go:7", "term/none.go:7"},
		{"a folder is none", "go test ./term", "go test ./term"},
		{"the way out of the course is none", "term/../../mark/mark.go", "term/../../mark/mark.go"},
	} {
		t.Run(row.name, func(t *testing.T) {
			out.Reset()
			u.Say("%s", row.line)
			assert.Equal(t, row.want+"\n", out.String())
		})
	}
	u = &UI{}
	u.LinkBelow(root)
	assert.Empty(t, u.root, "a terminal that shows none gets none")
}

// A link is longer than the line that is seen, and must not break it sooner.
func TestUI_linked_takesNoColumns(t *testing.T) {
	var out bytes.Buffer
	u, _ := linker(t, &out)
	u.Label("edit", "term/ui.go:7   2.1 Sum is to do")
	u.Tell("Look at term/ui.go:7, then go on there.")
	assert.Equal(t, 2, bytes.Count(out.Bytes(), []byte("\n")))
	assert.Equal(t, 2, bytes.Count(out.Bytes(), []byte("\x1b]8;;file://")))
}

// Older pagers would print a link's bytes.
func TestUI_linked_notInAPager(t *testing.T) {
	t.Setenv("PAGER", "cat")
	var out bytes.Buffer
	u, _ := linker(t, &out)
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
