package ask

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/term"
)

// put asks a question of whoever types input.
func put(q Question, input string) (Answer, string) {
	var out bytes.Buffer
	ui := term.Pipe(strings.NewReader(input), &out)
	a := Put(ui, q)
	Explain(ui, q, a)
	return a, out.String()
}

// inOrder is a question whose choices are shown as they stand.
var inOrder = Question{ID: "1.2 x", Text: "How many?", Because: "Because.", Ordered: true, Choices: []Choice{
	{Text: "3", Because: "Three is too many."}, {Text: "`2`", Right: true}, {Text: "Some", Because: "Which?"}}}

func TestPut(t *testing.T) {
	word := Question{ID: "1.2 y", Text: "Which word?", Accepts: []string{"no `one`", "1"}, Because: "Because."}
	skipped, wrong := Answer{Choice: -1, Skipped: true}, Answer{Choice: -1}
	for _, row := range []struct {
		name, input string
		q           Question
		want        Answer
		says        string
	}{
		{"a letter", "b\n", inOrder, Answer{Choice: 1, Right: true}, "✓ Right.\n  why    Because.\n"},
		{"a letter in upper case", " B \n", inOrder, Answer{Choice: 1, Right: true}, "✓ Right."},
		{"a wrong letter is explained", "a\n", inOrder, Answer{Choice: 0},
			"✗ No: it is b.\n  chosen Three is too many.\n  why    Because.\n"},
		{"the text of a choice comes before its number", "2\n", inOrder, Answer{Choice: 1, Right: true}, "✓ Right."},
		{"a number", "1\n", inOrder, Answer{Choice: 0}, "Three is too many."},
		{"a letter that is no choice is asked again", "d\nb\n", inOrder, Answer{Choice: 1, Right: true}, "“d” is none of the answers.\n"},
		{"and Enter skips then too", "d\n\n", inOrder, skipped, "“d” is none of the answers.\n"},
		{"a right word", "NO ONE\n", word, Answer{Choice: -1, Right: true}, "✓ Right."},
		{"a wrong word", "two\n", word, wrong, "✗ No: it is no 'one'.\n  why    Because.\n"},
		{"Enter", "\n", word, skipped, "Which word?"},
		{"later", "Later\n", word, Answer{Choice: -1, Later: true}, "Which word?"},
		{"the end of the input", "", inOrder, Answer{Choice: -1, Skipped: true, Ended: true}, "a) 3"},
		{"no end of the line", "b", inOrder, Answer{Choice: 1, Right: true, Ended: true}, "✓ Right."},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, out := put(row.q, row.input)
			lines := strings.Split(strings.TrimSuffix(row.input, "\n"), "\n")
			row.want.Text = strings.TrimSpace(lines[len(lines)-1])
			assert.Equal(t, row.want, got)
			assert.Contains(t, out, row.says)
			assert.Equal(t, !got.Skipped && !got.Later, strings.Contains(out, "Because."), "why is told after an answer alone")
		})
	}
}

// Over many questions the right choice stands in each place, and a question looks
// the same each time.
func TestPut_order(t *testing.T) {
	places := map[int]int{}
	for i := range 90 {
		q := Question{ID: fmt.Sprint("1.2 q", i), Choices: []Choice{{Text: "1", Right: true}, {Text: "2"}, {Text: "3"}}}
		assert.Equal(t, q.Order(), q.Order())
		for place, at := range q.Order() {
			if q.Choices[at].Right {
				places[place]++
			}
		}
	}
	for place := range 3 {
		assert.Greater(t, places[place], 15, "the right one must not be told by its place: %v", places)
	}
}

func TestMemory(t *testing.T) {
	c, err := course.Open(fixture.NewCourse(t))
	require.NoError(t, err)
	now := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	m := Open(c)
	require.NoError(t, m.Note("1.2 a", Answer{}, now))
	require.NoError(t, m.Note("1.2 b", Answer{Right: true}, now))
	require.NoError(t, m.Note("1.2 b", Answer{Skipped: true}, now))
	other := Open(c) // in a second terminal
	require.NoError(t, m.Note("1.2 c", Answer{}, now))
	require.NoError(t, other.Note("1.2 e", Answer{Right: true}, now))
	require.NoError(t, m.Note("1.2 c", Answer{Right: true}, now))
	m = Open(c)
	assert.True(t, m.Known("1.2 e"), "nobody forgets what was answered in another terminal")
	assert.Equal(t, []bool{false, true, true}, []bool{m.Known("1.2 a"), m.Known("1.2 b"), m.Known("1.2 c")})
	assert.Equal(t, []bool{true, false, true}, []bool{m.Missed("1.2 a"), m.Missed("1.2 b"), m.Missed("1.2 c")})
	assert.False(t, m.Quiet(now))
	require.NoError(t, m.Note("1.2 d", Answer{Later: true}, now))
	m = Open(c)
	assert.True(t, m.Quiet(now.Add(7*24*time.Hour-time.Second)), "a week is a week")
	assert.False(t, m.Quiet(now.Add(7*24*time.Hour)))
	require.NoError(t, os.WriteFile(memoryFile(c), []byte("{"), 0o644))
	assert.False(t, Open(c).Known("1.2 b"), "a damaged memory is an empty one")
}
