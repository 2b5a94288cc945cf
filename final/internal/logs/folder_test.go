package logs

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// line writes a line.
func (f *Folder) line(t *testing.T, line string) {
	t.Helper()
	_, err := f.Write([]byte(line + "\n"))
	require.NoError(t, err)
}

// filesOf returns the names and the texts of a folder's files, the oldest first.
func filesOf(t *testing.T, dir string) (names, texts []string) {
	t.Helper()
	names, err := NewFolder(dir, 90).names()
	require.NoError(t, err)
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		texts = append(texts, string(text))
	}
	return names, texts
}

// In a bubble of synctest the time is midnight of the 1st of January 2000 in UTC,
// and passes only where a test sleeps.
func TestFolder_beginsAFileEachDay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		f := NewFolder(dir, 90)
		f.line(t, "first")
		time.Sleep(24*time.Hour - 1)
		f.line(t, "second")
		time.Sleep(time.Nanosecond)
		f.line(t, "third")
		names, texts := filesOf(t, dir)
		assert.Equal(t, []string{"audit-20000101T000000.000Z.log", "audit-20000102T000000.000Z.log"}, names)
		assert.Equal(t, []string{"first\nsecond\n", "third\n"}, texts)
		info, err := os.Stat(filepath.Join(dir, names[0]))
		require.NoError(t, err)
		if runtime.GOOS != "windows" {
			assert.Equal(t, os.FileMode(0o600), info.Mode().Perm(), "it says who was where")
		}
	})
}

func TestFolder_beginsAFileWhereOneIsFull(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		f := NewFolder(dir, 90)
		f.line(t, "first")
		require.NoError(t, os.Truncate(f.path(f.current), fileBytes-1))
		f.line(t, "fits")
		time.Sleep(time.Millisecond)
		f.line(t, "next")
		names, texts := filesOf(t, dir)
		require.Len(t, names, 2)
		assert.True(t, strings.HasSuffix(texts[0], "fits\n"))
		assert.Equal(t, "next\n", texts[1])
	})
}

func TestFolder_keepsAWhile(t *testing.T) {
	rows := []struct {
		name  string
		days  int
		every time.Duration // a line is written
		lines int
		kept  int
	}{
		{"the newest ninety files", 90, 24 * time.Hour, 200, 90},
		{"nothing older than ninety days", 90, 30 * 24 * time.Hour, 12, 4},
		{"a year, where that is wanted", 365, 30 * 24 * time.Hour, 24, 13},
		{"one day", 1, time.Hour, 50, 1},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				dir := t.TempDir()
				other := filepath.Join(dir, "other.log")
				require.NoError(t, os.WriteFile(other, nil, 0o600))
				f := NewFolder(dir, row.days)
				for i := range row.lines {
					f.line(t, fmt.Sprint(i))
					time.Sleep(row.every)
				}
				_, texts := filesOf(t, dir)
				assert.Len(t, texts, row.kept)
				lines := strings.Fields(strings.Join(texts, ""))
				assert.Equal(t, fmt.Sprint(row.lines-1), lines[len(lines)-1])
				assert.Equal(t, fmt.Sprint(row.lines-len(lines)), lines[0], "the oldest go")
				assert.FileExists(t, other, "what is no file of ours stays")
			})
		})
	}
}

// Two releases run side by side while one replaces the other, and the operator's
// commands write too.
func TestFolder_isSharedByProcesses(t *testing.T) {
	dir := t.TempDir()
	const processes, lines = 4, 200
	var all sync.WaitGroup
	for p := range processes {
		all.Go(func() {
			f := NewFolder(dir, 90)
			for i := range lines {
				_, err := f.Write(fmt.Appendf(nil, "%d %d %s\n", p, i, strings.Repeat("x", 500)))
				assert.NoError(t, err)
			}
		})
	}
	all.Wait()
	_, texts := filesOf(t, dir)
	text := strings.Join(texts, "")
	for p := range processes {
		for i := range lines {
			assert.Equal(t, 1, strings.Count(text, fmt.Sprintf("%d %d %s\n", p, i, strings.Repeat("x", 500))))
		}
	}
	assert.Len(t, strings.FieldsFunc(text, func(r rune) bool { return r == '\n' }), processes*lines, "and nothing else")
}

func TestFolder_goesOnAfterTrouble(t *testing.T) {
	rows := []struct {
		name    string
		trouble func(t *testing.T, f *Folder)
		texts   []string
	}{
		{"a crash left half a line", func(t *testing.T, f *Folder) {
			require.NoError(t, os.WriteFile(f.path(f.current), []byte("first\nha"), 0o600))
		}, []string{"first\nha\nnext\n"}},
		{"the process is another one", func(_ *testing.T, f *Folder) { f.current = "" }, []string{"first\nnext\n"}},
		{"somebody moved the file away", func(t *testing.T, f *Folder) {
			require.NoError(t, os.Rename(f.path(f.current), filepath.Join(t.TempDir(), "away")))
		}, []string{"next\n"}},
		{"another process began a file", func(t *testing.T, f *Folder) {
			require.NoError(t, os.Truncate(f.path(f.current), fileBytes))
			require.NoError(t, os.Rename(f.path(f.current), filepath.Join(t.TempDir(), "away")))
			time.Sleep(time.Second)
			NewFolder(f.dir, 90).line(t, "other")
		}, []string{"other\nnext\n"}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := NewFolder(t.TempDir(), 90)
				f.line(t, "first")
				row.trouble(t, f)
				f.line(t, "next")
				_, texts := filesOf(t, f.dir)
				assert.Equal(t, row.texts, texts)
			})
		})
	}
}

func TestFolder_saysWhatIsWrong(t *testing.T) {
	f := NewFolder(filepath.Join(t.TempDir(), "gone"), 90)
	_, err := f.Write([]byte("line\n"))
	require.ErrorContains(t, err, f.dir)
	require.NoError(t, os.Mkdir(f.dir, 0o700))
	f.line(t, "and goes on where it can")
}
