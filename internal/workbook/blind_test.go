package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/term"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Of the last impostor of a table nothing but the second hint says the name.
func TestLastImpostor_isBlind(t *testing.T) {
	fixture.SkipUnlessLong(t)
	a := copyReal(t)
	require.NoError(t, start(t.Context(), a, term.Arguments{Words: []string{"3"}}))
	ch, e, err := a.course.Exercise("3.2")
	require.NoError(t, err)
	late := strings.Replace(ch.Reference[e.File], "wait(AccessTTL), me", "wait(time.Hour), me", 1)
	require.NotEqual(t, ch.Reference[e.File], late)
	require.NoError(t, a.course.Write(filepath.Join(ch.Dir, e.File), late))

	says := func(f func(t *testing.T)) string {
		var out bytes.Buffer
		a.ui.Out = &out
		f(t)
		return strings.Join(strings.Fields(out.String()), " ")
	}
	hinted := func(t *testing.T) { require.NoError(t, hint(t.Context(), a, term.Arguments{Words: []string{"3.2"}})) }
	checked := says(func(t *testing.T) {
		require.Error(t, check(t.Context(), a, term.Arguments{Words: []string{"3.2"}}), "the exercise is red")
	})
	assert.Contains(t, checked, "row the last impostor expected a row to fail on this impostor, got none. "+
		"It is the last one, and it differs in time.")
	assert.NotContains(t, checked+says(hinted), "one-second-late", "neither check nor the first hint names it")
	assert.NotContains(t, checked, "One impostor is wrong in one single second", "the mistake's own hint would name it")
	assert.Contains(t, says(hinted), "last one-second-late: it still accepted an access token in the second it expired")
}
