package book

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/authbook/internal/workbook/ask"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
)

var (
	element = regexp.MustCompile(`<[^>]*>`)
	details = regexp.MustCompile(`(?s)<details>.*?</details>`)
)

// wordsOf is what a reader of HTML or of notes sees, without what Markdown writes around it.
func wordsOf(text string) string {
	plain := strings.NewReplacer("`", "", "*", "").Replace(html.UnescapeString(element.ReplaceAllString(text, "")))
	return strings.Join(strings.Fields(plain), " ")
}

// Of all blank chapters, no page has a line of the reference that the open notes don't
// have, nor what they keep for green, nor a hint, nor what a question keeps for an answer.
func TestBook_holdsNoAnswer(t *testing.T) {
	tool := fixture.CopyReal(t)
	r := open(t, tool)
	for n := 2; n <= 5; n++ {
		require.NoError(t, fixture.Start(t.Context(), tool.Course, fmt.Sprint(n)))
	}
	chapters, err := tool.Course.Chapters()
	require.NoError(t, err)
	for _, ch := range chapters {
		secrets := secretsOf(t, ch)
		require.Greater(t, len(secrets), 200, ch.Name)
		pages := []string{fmt.Sprint(ch.Number), fmt.Sprint(ch.Number, end)}
		for _, e := range ch.Exercises {
			pages = append(pages, e.ID.String())
		}
		for _, page := range pages {
			shown := wordsOf(r.page("/" + page))
			for _, secret := range secrets {
				assert.NotContains(t, shown, secret, "/%s", page)
			}
		}
	}
}

// secretsOf are the lines of a chapter that no page may have.
func secretsOf(t *testing.T, ch *course.Chapter) (secrets []string) {
	t.Helper()
	notes, err := ch.ReadNotes()
	require.NoError(t, err)
	open := wordsOf(details.ReplaceAllString(notes, ""))
	add := func(text string) {
		for line := range strings.Lines(text) {
			line = wordsOf(line)
			if len(line) >= 10 && !strings.Contains(open, line) {
				secrets = append(secrets, line)
			}
		}
	}
	for _, e := range ch.Exercises {
		reference, err := ch.Reference.Exercise(e.ID)
		require.NoError(t, err)
		_, body, _ := strings.Cut(reference.Text, "\n")
		add(body)
	}
	for _, fold := range details.FindAllString(notes, -1) {
		if !strings.Contains(fold, "<summary>Hint") && !strings.Contains(fold, "green</summary>") {
			continue // a question of the notes
		}
		add(fold)
	}
	questions, _, err := ask.Read(ch)
	require.NoError(t, err)
	for _, q := range questions {
		add(q.Because)
		for _, c := range q.Choices {
			add(c.Because)
		}
	}
	return secrets
}

// What is right about a question does not show in the page that asks it.
func TestBook_asksWithoutTelling(t *testing.T) {
	r := open(t, fixture.CopyReal(t)) // chapter 2 is not started, so it asks
	ch, err := r.tool.Course.Chapter("2")
	require.NoError(t, err)
	questions, _, err := ask.Read(ch)
	require.NoError(t, err)
	var kept int
	for _, q := range questions {
		page := wordsOf(r.page("/" + q.Exercise.String()))
		for _, text := range append([]string{q.Because}, because(q)...) {
			told := wordsOf(text)
			assert.False(t, told != "" && strings.Contains(page, told), "%s tells %q", q.ID, told)
			kept++
		}
	}
	assert.Greater(t, kept, 40)
	right := regexp.MustCompile(`(?i)right|correct|checked|data-`)
	form := regexp.MustCompile(`(?s)<form class="question".*?</form>`).FindString(r.page("/2.1"))
	require.NotEmpty(t, form)
	assert.NotRegexp(t, right, element.FindAllString(form, -1), "no attribute tells")
}

func because(q ask.Noted) (all []string) {
	for _, c := range q.Choices {
		all = append(all, c.Because)
	}
	return all
}
