package main

import (
	"bufio"
	"context"
	"io"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/term"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// screen is what a watch has printed, safe to read while it runs.
type screen struct {
	mu    sync.Mutex
	wrote *sync.Cond
	text  strings.Builder
}

func newScreen() *screen {
	s := &screen{}
	s.wrote = sync.NewCond(&s.mu)
	return s
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.wrote.Broadcast()
	return s.text.Write(p)
}

// await waits until the watch has printed a text, however long its tests are built, and
// clears the screen.
func (s *screen) await(want string) (seen string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !strings.Contains(s.text.String(), want) {
		s.wrote.Wait()
	}
	seen = s.text.String()
	s.text.Reset()
	return seen
}

// TestWatch works through a chapter without leaving the watch.
func TestWatch(t *testing.T) {
	fixture.SkipUnlessLong(t)
	dir := fixture.NewCourse(t)
	finished := fixture.NewCourse(t)
	a, _ := openSession(t, dir)
	require.NoError(t, start(t.Context(), a, term.Arguments{Words: []string{"2"}}))

	out := newScreen()
	keyboard, keys := io.Pipe()
	a.ui.Out, a.ui.In = out, bufio.NewReader(keyboard)
	ended := make(chan error, 1)
	go func() { ended <- watch(t.Context(), a, term.Arguments{Words: []string{"2"}}) }()
	press := func(key string) {
		_, err := io.WriteString(keys, key)
		require.NoError(t, err)
	}
	path := filepath.Join(dir, "02-token", "token.go")

	assert.Contains(t, out.await("q quit"), "2.1 Sum is to do")
	press("h")
	out.await("1 of 3 Two packages do it all.")
	press("l")
	out.await("02-token            ░░░░░░░░░░  0 of 2")
	press("n")
	out.await("2.2 Same is to do")
	press("n")
	out.await("2.1 Sum is to do")

	reference := contentOf(t, filepath.Join(finished, "02-token", "token.go"))
	require.NoError(t, a.course.Write(path, strings.Replace(reference, "s))", "s+s))", 1)))
	out.await("2.1 Sum is not right yet")
	require.NoError(t, a.course.Write(path, reference))
	seen := out.await("All green")
	assert.Contains(t, seen, "✓ 2.1   Sum", "2.1 is green")
	assert.Contains(t, seen, "✓ 2.2   Same", "and the watch moves on by itself")

	press("q")
	require.NoError(t, <-ended)
}

// TestWatch_resumes begins where the learner was or wants to be, and ends with its context.
func TestWatch_resumes(t *testing.T) {
	for word, want := range map[string]string{"": "2.2 Same", "2": "2.2 Same", "2.1": "2.1 Sum"} {
		t.Run(word, func(t *testing.T) { beginsWith(t, word, want+" is to do") })
	}
}

func beginsWith(t *testing.T, word, want string) {
	t.Helper()
	a, _ := openSession(t, fixture.NewCourse(t))
	require.NoError(t, start(t.Context(), a, term.Arguments{Words: []string{"2"}}))
	require.NoError(t, a.course.ChangeProgress(func(p *course.Progress) { p.Current = "2.2" }))
	out := newScreen()
	a.ui.Out = out // the input has ended: there are no keys
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- watch(ctx, a, term.Arguments{Words: strings.Fields(word)}) }()
	assert.Contains(t, out.await("q quit"), want)
	stop()
	require.NoError(t, <-ended)
}

// TestWatch_follows shows what was saved, whichever exercise the key n has chosen.
func TestWatch_follows(t *testing.T) {
	dir := fixture.NewCourse(t)
	path := filepath.Join(dir, "02-token", "token.go")
	reference := contentOf(t, path)
	a, out := openSession(t, dir)
	require.NoError(t, start(t.Context(), a, term.Arguments{Words: []string{"2"}}))
	w := &watcher{session: a, name: "02-token", exercise: mark.ID{Chapter: 2, Number: 1}}
	for _, row := range []struct {
		name, text string
		want       int
	}{
		{"the first look changes nothing", contentOf(t, path), 1},
		{"a save of both stays", reference, 1},
		{"a save of the other goes there", strings.Replace(reference, "== sum", "!= sum", 1), 2},
		{"a save of no exercise stays", strings.Replace(reference, "== sum", "!= sum", 1) + "\n// note\n", 2},
		{"a save of both stays again", strings.Replace(reference, "sum[:]", "sum[1:]", 1), 2},
		{"a change of the first", strings.Replace(reference, "sum[:]", "sum[2:]", 1), 1},
	} {
		require.NoError(t, a.course.Write(path, row.text))
		ch, err := a.course.Read(w.name)
		require.NoError(t, err)
		w.follow(ch)
		assert.Equal(t, row.want, w.exercise.Number, row.name)
	}

	out.Reset()
	_, err := w.greenVersions(t.Context())
	require.NoError(t, err)
	assert.Equal(t, "02-token: yours none; the rest is the reference\n", out.String(), "what r runs is told")
}
