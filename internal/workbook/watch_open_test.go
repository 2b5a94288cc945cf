package main

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
)

func TestEditor(t *testing.T) {
	for _, row := range []struct {
		name string
		env  map[string]string
		want string
	}{
		{"in the terminal of VS Code", map[string]string{"TERM_PROGRAM": "vscode", "EDITOR": "vim"}, "code -g a.go:7"},
		{"a window, and nobody waits for it", map[string]string{"EDITOR": "code --wait --new-window"}, "code --new-window -g a.go:7"},
		{"a program behind a path", map[string]string{"EDITOR": "/opt/bin/subl"}, "/opt/bin/subl a.go:7"},
		{"a path with spaces, in quotes", map[string]string{"EDITOR": `"/my apps/code" --wait -n`}, "/my apps/code -n -g a.go:7"},
		{"VISUAL before EDITOR", map[string]string{"VISUAL": "goland", "EDITOR": "vim"}, "goland --line 7 a.go"},
		{"the window of vim", map[string]string{"EDITOR": "gvim"}, "gvim +7 a.go"},
		{"vim would take the terminal", map[string]string{"EDITOR": "vim"}, ""},
		{"an unknown one might", map[string]string{"EDITOR": "ed"}, ""},
		{"no editor is set", nil, ""},
	} {
		t.Run(row.name, func(t *testing.T) {
			got := editor(func(name string) string { return row.env[name] }, "a.go", 7)
			assert.Equal(t, row.want, strings.Join(got, " "))
		})
	}
}

// Each exercise is opened once, and none that is green or was saved by the learner.
func TestWatch_opens(t *testing.T) {
	t.Setenv("TERM_PROGRAM", "vscode")
	dir := fixture.NewCourse(t)
	path := filepath.Join(dir, "02-token", "token.go")
	reference := contentOf(t, path)
	a, out := openSession(t, dir)
	require.NoError(t, fixture.Start(t.Context(), a.course, "2"))
	var opened []string
	w := &watcher{session: a, name: "02-token", exercise: mark.ID{Chapter: 2, Number: 1}}
	w.edit = func(command []string) error {
		opened = append(opened, filepath.Base(command[2]))
		return nil
	}
	look := func() *course.Chapter {
		ch, err := a.course.Read(w.name)
		require.NoError(t, err)
		w.follow(ch)
		e, _ := course.Find(ch.Exercises, w.exercise)
		w.open(ch, e)
		return ch
	}
	look()
	look()
	assert.Equal(t, []string{"token.go:6"}, opened, "a second check opens nothing")

	require.NoError(t, a.course.Write(path, strings.Replace(reference, "== sum", "!= sum", 1)))
	w.exercise.Number = 1
	look()
	assert.Len(t, opened, 1, "who saves an exercise has it open")

	w.opened = nil
	ch := look()
	assert.Len(t, opened, 2, "a new watch opens it again")
	passed := func(p *course.Progress) {
		p.Passed[w.exercise.String()] = course.Fingerprint(ch.Exercises[w.exercise.Number-1].Text)
	}
	require.NoError(t, a.course.ChangeProgress(passed))
	w.opened = nil
	look()
	assert.Len(t, opened, 2, "what is green is no longer edited")

	require.NoError(t, a.course.ChangeProgress(func(p *course.Progress) { clear(p.Passed) }))
	w.edit = func([]string) error { return errors.New("no code in PATH") }
	look()
	look()
	assert.Equal(t, 1, strings.Count(out.String(), "no code in PATH"), "that is told once")
}
