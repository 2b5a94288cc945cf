package main

import (
	"path/filepath"
	"strings"
	"testing"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/term"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What to look at after green stays on the screen until the next exercise is edited.
func TestWatch_saysAgainWhatToLookAt(t *testing.T) {
	fixture.SkipUnlessLong(t)
	dir := fixture.NewCourse(t)
	path := filepath.Join(dir, "02-token", "token.go")
	reference := contentOf(t, path)
	a, out := openSession(t, dir)
	require.NoError(t, start(t.Context(), a, term.Arguments{Words: []string{"2"}}))
	w := &watcher{session: a, name: "02-token", exercise: mark.ID{Chapter: 2, Number: 1}}
	save := func(same string) string {
		t.Helper()
		require.NoError(t, a.course.Write(path, strings.Replace(reference, "return Sum(s) == sum", same, 1)))
		out.Reset()
		require.NoError(t, w.check(t.Context()))
		return out.String()
	}
	formatted := reference
	reference = strings.Replace(reference, "sum := sha256", "sum  :=  sha256", 1)
	const blank = `panic("TODO 2.2 Same")`
	assert.Equal(t, 1, strings.Count(save(blank), "reveal 2.1"), "it is green")
	seen := save(blank)
	assert.Contains(t, seen, "reveal 2.1", "a save that changes nothing keeps it")
	assert.Contains(t, seen, "2.2 Same is to do")
	reference = formatted
	assert.Equal(t, 1, strings.Count(save(blank), "reveal 2.1"), "so does gofmt")
	assert.Equal(t, 1, strings.Count(save(blank), "reveal 2.1"), "and the save behind it")
	assert.NotContains(t, save("return false"), "reveal 2.1", "the learner has gone on")
	assert.NotContains(t, save(blank), "reveal 2.1", "and it does not come back")
}
