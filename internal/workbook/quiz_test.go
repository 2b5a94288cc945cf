package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/authbook/internal/workbook/ask"
	"example.com/authbook/internal/workbook/term"
)

// Whoever answers from the keys is right each time, and each wrong choice gets the
// explanation that is its own.
func TestQuiz_everyAnswer(t *testing.T) {
	s := copyReal(t)
	chapters, err := s.course.Chapters()
	require.NoError(t, err)
	for _, ch := range chapters {
		all, problems, err := ask.Read(ch)
		require.NoError(t, err)
		require.Empty(t, problems)
		require.NotEmpty(t, all, ch.Name)
		t.Run(ch.Name, func(t *testing.T) {
			blocks := answerAll(t, s.course.Root, ch.Number, all, func(n ask.Noted) string { return n.Key() })
			for i, n := range all {
				assert.Contains(t, blocks[i], "✓ Right. why "+spoken(n.Because), n.ID)
			}
			for place := range 5 {
				blocks := answerAll(t, s.course.Root, ch.Number, all, func(n ask.Noted) string { return wrong(n, place).Text })
				for i, n := range all {
					if c := wrong(n, place); c.Text != "" {
						assert.Contains(t, blocks[i], "✗ No: it is", "%s: %s", n.ID, c.Text)
						assert.Contains(t, blocks[i], "chosen "+spoken(c.Because)+" why "+spoken(n.Because), "%s: %s", n.ID, c.Text)
					}
				}
			}
		})
	}
}

// wrong is the wrong choice at a place, empty where there is none.
func wrong(n ask.Noted, place int) ask.Choice {
	if place < len(n.Choices) && !n.Choices[place].Right {
		return n.Choices[place]
	}
	return ask.Choice{}
}

// answerAll types an answer to each question of a chapter, in one run of the command,
// and returns what was said from each question on to the next. Nothing is remembered.
func answerAll(t *testing.T, root string, chapter int, all []ask.Noted, answer func(ask.Noted) string) []string {
	t.Helper()
	require.NoError(t, os.RemoveAll(filepath.Join(root, ".workbook", "local", "questions.json")))
	var typed strings.Builder
	for _, n := range all {
		typed.WriteString(answer(n) + "\n")
	}
	cmd := exec.CommandContext(t.Context(), "workbook", "quiz", fmt.Sprint(chapter))
	cmd.Dir, cmd.Stdin = root, strings.NewReader(typed.String())
	cmd.Env = append(os.Environ(), "WORKBOOK_LANG=en")
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
	blocks := strings.Split(string(out), "Question ")
	require.Len(t, blocks, len(all)+1, "each question is asked")
	for i := range blocks {
		blocks[i] = strings.Join(strings.Fields(blocks[i]), " ")
	}
	return blocks[1:]
}

// spoken is a text in Markdown as a terminal shows it, in one line.
func spoken(markdown string) string { return strings.Join(strings.Fields(term.Unwrap(markdown)), " ") }
