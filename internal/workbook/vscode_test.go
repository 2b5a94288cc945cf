package main

import (
	"encoding/json"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/term"
)

// matcher finds places in an output. The forms mean the same in Go as in JavaScript.
type matcher struct {
	Pattern struct {
		Regexp              string
		File, Line, Message int
	}
	Background struct{ BeginsPattern, EndsPattern string }
}

// matcherOf is that of a task in .vscode/tasks.json.
func matcherOf(t *testing.T, task string) (m matcher) {
	t.Helper()
	root, err := fixture.Root()
	require.NoError(t, err)
	var file struct {
		Tasks []struct {
			Label          string
			ProblemMatcher json.RawMessage
		}
	}
	require.NoError(t, json.Unmarshal([]byte(contentOf(t, filepath.Join(root, ".vscode", "tasks.json"))), &file))
	for _, found := range file.Tasks {
		if found.Label == task {
			require.NoError(t, json.Unmarshal(found.ProblemMatcher, &m))
		}
	}
	require.NotEmpty(t, m.Pattern.Regexp, task)
	return m
}

// problems are the places that VS Code finds in an output, and what it says of them.
func (m matcher) problems(output string) (places []string, words string) {
	form := regexp.MustCompile(m.Pattern.Regexp)
	for line := range strings.Lines(output) {
		if found := form.FindStringSubmatch(strings.TrimRight(line, "\n")); found != nil {
			places = append(places, found[m.Pattern.File]+":"+found[m.Pattern.Line])
			words += strings.TrimSpace(found[m.Pattern.Message]) + "\n"
		}
	}
	return places, words
}

// What check and go test print of a chapter leads VS Code to the places.
func TestVSCode_findsThePlaces(t *testing.T) {
	dir := fixture.NewCourse(t)
	path := filepath.Join(dir, "02-token", "token.go")
	reference := contentOf(t, path)
	a, out := openSession(t, dir)
	require.NoError(t, fixture.Start(t.Context(), a.course, "2"))
	for _, row := range []struct {
		name, text, place, words string
	}{
		{"a blank", contentOf(t, path), "02-token/token.go:6", "edit   02-token/token.go:6"},
		{"a red row", strings.Replace(reference, "s))", "s+s))", 1), "02-token/token.go:11", "edit   02-token/token.go:11"},
		{"no build", strings.Replace(reference, "== sum", "== nosuch", 1), "02-token/token.go:20", "undefined: nosuch"},
	} {
		require.NoError(t, a.course.Write(path, row.text))
		out.Reset()
		_ = check(t.Context(), a, term.Arguments{Words: []string{"2"}})
		places, words := matcherOf(t, "check").problems(out.String())
		assert.Equal(t, []string{row.place}, places, "%s: %s", row.name, out)
		assert.Contains(t, words, row.words, row.name)

		test := exec.CommandContext(t.Context(), "go", "test", "./02-token")
		test.Dir = dir
		printed, _ := test.CombinedOutput()
		places, _ = matcherOf(t, "go test").problems(string(printed))
		assert.Contains(t, places, row.place, "%s: %s", row.name, printed)
	}

	require.NoError(t, a.course.Write(path, reference))
	out.Reset()
	require.NoError(t, check(t.Context(), a, term.Arguments{Words: []string{"2.1"}}))
	assert.Contains(t, out.String(), "Next: 2.2 Same, 02-token/token.go:")
	places, _ := matcherOf(t, "check").problems(out.String())
	assert.Empty(t, places, "what is green is no problem")
}

// VS Code takes a check of watch for one run: from its first line to the keys.
func TestVSCode_followsWatch(t *testing.T) {
	m := matcherOf(t, "watch")
	assert.Equal(t, matcherOf(t, "check").Pattern, m.Pattern)
	a, out := openSession(t, fixture.NewCourse(t))
	require.NoError(t, fixture.Start(t.Context(), a.course, "2"))
	w := &watcher{session: a, name: "02-token"}
	ch, _, err := choose(a.course, "2")
	require.NoError(t, err)
	w.exercise = w.resume(ch)
	require.NoError(t, w.check(t.Context()))
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	assert.Regexp(t, m.Background.BeginsPattern, lines[0])
	assert.Regexp(t, m.Background.EndsPattern, lines[len(lines)-1])
	for _, line := range lines[1 : len(lines)-1] {
		assert.NotRegexp(t, m.Background.BeginsPattern, line)
		assert.NotRegexp(t, m.Background.EndsPattern, line)
	}
}
