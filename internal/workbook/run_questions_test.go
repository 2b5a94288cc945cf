package main

import (
	"os"
	"path/filepath"
	"testing"

	"example.com/authbook/internal/workbook/ask"
	"example.com/authbook/internal/workbook/fixture"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The lab asks what quiz would ask, and quiz knows what was answered there.
func TestLabQuestions(t *testing.T) {
	s, out := openSession(t, fixture.NewCourse(t))
	asked := func() (ids []string) {
		all, err := labQuestions(s.course)
		require.NoError(t, err)
		for _, q := range all {
			ids = append(ids, q.ID)
		}
		return ids
	}
	require.Equal(t, []string{"1.2 spaces-first", "1.2 no-name", "1.4 how-many"}, asked())

	answers := filepath.Join(t.TempDir(), "answers")
	noteLab(s, answers)
	assert.Empty(t, out.String(), "nobody has answered")
	require.NoError(t, os.WriteFile(answers, []byte(`{"id":"1.2 spaces-first","right":true}
{"id":"1.4 how-many","right":false}
{"id":"1.2 no-na`), 0o600))
	noteLab(s, answers)
	assert.Equal(t, "1 of 2 answers right.\n", out.String())
	assert.True(t, ask.Open(s.course).Missed("1.4 how-many"))
	assert.Equal(t, []string{"1.2 no-name", "1.4 how-many"}, asked())

	require.NoError(t, fixture.Start(t.Context(), s.course, "1"))
	assert.Empty(t, asked(), "an answer may tell what to write")
}

// The lab judges the place of a choice, so they stand as quiz shows them.
func TestForLab_keepsTheOrder(t *testing.T) {
	q := ask.Question{ID: "1.2 x", Choices: []ask.Choice{{Text: "a", Right: true}, {Text: "b", Because: "c"}, {Text: "d"}}}
	got := forLab(q)
	for place, at := range q.Order() {
		want := q.Choices[at]
		assert.Equal(t, labChoice{want.Text, want.Because, want.Right}, got.Choices[place])
	}
}
