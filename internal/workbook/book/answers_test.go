package book

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/ask"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
)

var (
	element = regexp.MustCompile(`<[^>]*>`)
	kept    = regexp.MustCompile(`<summary>(Hint|힌트|When|통과한 뒤|챕터를 마치면)`)
	details = regexp.MustCompile(`(?s)<details>.*?</details>`)
)

// wordsOf is what a reader of HTML or of notes sees, without what Markdown writes around it.
func wordsOf(text string) string {
	plain := strings.NewReplacer("`", "", "*", "").Replace(html.UnescapeString(element.ReplaceAllString(text, "")))
	return strings.Join(strings.Fields(plain), " ")
}

// Of all blank chapters, no page in any language has a line of the reference that the open notes don't
// have, nor what they keep for green, nor a hint, nor what a question keeps for an answer.
func TestBook_holdsNoAnswer(t *testing.T) {
	tool := fixture.CopyReal(t)
	r := open(t, tool)
	for n := 2; n <= 5; n++ {
		require.NoError(t, fixture.Start(t.Context(), tool.Course, fmt.Sprint(n)))
	}
	for _, language := range []text.Language{text.English, text.Korean} {
		r.reads = string(language)
		chapters, err := tool.Course.In(language).Chapters()
		require.NoError(t, err)
		for _, ch := range chapters {
			r.lookFor(secretsOf(t, ch), ch)
		}
	}
}

// lookFor opens the pages of a chapter, and finds none of these lines.
func (r *reader) lookFor(secrets []string, ch *course.Chapter) {
	require.Greater(r.t, len(secrets), 200, ch.Name)
	pages := []string{fmt.Sprint(ch.Number), fmt.Sprint(ch.Number, end)}
	for _, e := range ch.Exercises {
		pages = append(pages, e.ID.String())
	}
	for _, page := range pages {
		shown := wordsOf(r.page("/" + page))
		for _, secret := range secrets {
			assert.NotContains(r.t, shown, secret, "/%s in %s", page, ch.Language)
		}
	}
}

// secretsOf are the lines of a chapter that no page may have.
func secretsOf(t *testing.T, ch *course.Chapter) (secrets []string) {
	t.Helper()
	notes, err := ch.Page("README.md")
	require.NoError(t, err)
	open := wordsOf(details.ReplaceAllString(notes, ""))
	add := func(text string) {
		for line := range strings.Lines(text) {
			line = wordsOf(line)
			if utf8.RuneCountInString(line) >= 10 && !strings.Contains(open, line) {
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
		if kept.MatchString(fold) {
			add(fold)
		} // else a question of the notes
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
	var kept int
	for _, language := range []text.Language{text.English, text.Korean} {
		r.reads = string(language)
		ch, err := r.tool.Course.In(language).Chapter("2")
		require.NoError(t, err)
		questions, _, err := ask.Read(ch)
		require.NoError(t, err)
		for _, q := range questions {
			page := wordsOf(r.page("/" + q.Exercise.String()))
			for _, text := range append([]string{q.Because}, because(q)...) {
				told := wordsOf(text)
				assert.False(t, told != "" && strings.Contains(page, told), "%s tells %q", q.ID, told)
				kept++
			}
		}
	}
	assert.Greater(t, kept, 80)
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
