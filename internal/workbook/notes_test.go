package main

import (
	"regexp"
	"strings"
	"testing"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestNotes_code: code between backticks comes out as it stands in the notes.
func TestNotes_code(t *testing.T) {
	c, err := course.Open(Repository)
	require.NoError(t, err)
	chapters, err := c.Chapters()
	require.NoError(t, err)
	span := regexp.MustCompile("`[^`]+`")
	seen := 0
	for _, ch := range chapters {
		notes, err := ch.ReadNotes()
		require.NoError(t, err)
		for line := range term.Lines(notes) {
			if line.Code || strings.Count(line.Text, "`")%2 == 1 { // half of it is in the next line
				continue
			}
			for _, code := range span.FindAllString(line.Text, -1) {
				assert.Contains(t, term.Unwrap(line.Text), "'"+strings.Trim(code, "`")+"'", ch.Name)
				seen++
			}
		}
	}
	assert.NotZero(t, seen)
}
