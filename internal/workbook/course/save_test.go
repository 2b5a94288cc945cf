package course

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCourse_overwrite(t *testing.T) {
	tests := []struct {
		name, old, text, want string
		keeps                 bool
	}{
		{"the old text is kept", "mine\n", "new\n", "new\n", true},
		{"the same text is left alone", "mine\n", "mine\n", "mine\n", false},
		{"ends of lines stay those of the file", "mine\r\n", "new\nlines\n", "new\r\nlines\r\n", true},
		{"the same text with other ends is the same", "mine\r\n", "mine\n", "mine\r\n", false},
		{"an empty file is nothing to keep", "", "new\n", "new\n", false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := &Course{Root: t.TempDir()}
			path := filepath.Join(c.Root, "01-x", "f.go")
			require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
			require.NoError(t, os.WriteFile(path, []byte(tt.old), 0o640))
			kept, err := c.overwrite(path, tt.text)
			require.NoError(t, err)
			assert.Equal(t, tt.want, contentOf(t, path))
			require.Equal(t, tt.keeps, kept != "", "kept in %q", kept)
			if tt.keeps {
				assert.Equal(t, tt.old, contentOf(t, filepath.Join(c.Root, kept)), "nothing is ever lost")
			}
			assertMode(t, path)
			left, err := filepath.Glob(filepath.Join(c.Root, ".workbook", "local", "new-*"))
			require.NoError(t, err)
			assert.Empty(t, left, "no half of a file is left behind")
		})
	}
}

func assertMode(t *testing.T, path string) {
	t.Helper()
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o640), info.Mode().Perm(), "a file keeps its mode")
}

// TestCourse_keep overwrites faster than the clock's second.
func TestCourse_keep(t *testing.T) {
	c := &Course{Root: t.TempDir()}
	path := filepath.Join(c.Root, "f.go")
	var kept []string
	for _, text := range []string{"one", "two", "three", "four"} {
		place, err := c.overwrite(path, text)
		require.NoError(t, err)
		kept = append(kept, place)
	}
	for i, want := range []string{"one", "two", "three"} {
		assert.Equal(t, want, contentOf(t, filepath.Join(c.Root, kept[i+1])), "no saved text overwrites another")
	}
}

// TestCourse_overwrite_fails leaves the file alone when the old text can't be
// kept.
func TestCourse_overwrite_fails(t *testing.T) {
	c := &Course{Root: t.TempDir()}
	path := filepath.Join(c.Root, "f.go")
	require.NoError(t, os.WriteFile(path, []byte("mine"), 0o644))
	require.NoError(t, os.WriteFile(filepath.Join(c.Root, ".workbook"), nil, 0o644))
	_, err := c.overwrite(path, "new")
	require.Error(t, err)
	assert.Equal(t, "mine", contentOf(t, path))
}

func contentOf(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	return string(text)
}

// A command may be killed after it has made the file and before it has written it.
func TestCourse_Local_fillsAnEmptyIgnoreFile(t *testing.T) {
	c := &Course{Root: t.TempDir()}
	local, err := c.Local()
	require.NoError(t, err)
	ignore := filepath.Join(local, ".gitignore")
	require.NoError(t, os.Truncate(ignore, 0))
	_, err = c.Local()
	require.NoError(t, err)
	assert.Equal(t, "*\n", contentOf(t, ignore), "what is local is nobody's to commit")
}

// helper is set in the processes that this test starts of itself.
const helper = "AUTHBOOK_TEST_NOTES"

// Processes that note something at the same moment lose nothing of each other, and one that
// is killed in the middle stops nobody.
func TestCourse_ChangeProgress_processes(t *testing.T) {
	if root, name, ok := strings.Cut(os.Getenv(helper), "="); ok {
		noteHints(t, &Course{Root: root}, name)
		return
	}
	c := &Course{Root: t.TempDir()}
	killed := noting(t, c, "killed")
	out, err := killed.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, killed.Start())
	_, err = bufio.NewReader(out).ReadString('\n') // it has the lock
	require.NoError(t, err)
	one, other := noting(t, c, "one"), noting(t, c, "other")
	require.NoError(t, errors.Join(one.Start(), other.Start(), killed.Process.Kill()))
	_ = killed.Wait()
	require.NoError(t, errors.Join(one.Wait(), other.Wait()))
	assert.Equal(t, map[string]int{"one": 100, "other": 100}, c.ReadProgress().Hints)
}

// noting is this test as another process, which notes under a name.
func noting(t *testing.T, c *Course, name string) *exec.Cmd {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^"+t.Name()+"$")
	cmd.Env = append(os.Environ(), helper+"="+c.Root+"="+name)
	return cmd
}

func noteHints(t *testing.T, c *Course, name string) {
	t.Helper()
	for range 100 {
		require.NoError(t, c.ChangeProgress(func(p *Progress) {
			p.Hints[name]++
			if name == "killed" {
				fmt.Println("locked")
				select {}
			}
		}))
	}
}
