package ask

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
)

// readAfter reads the questions of the small course's first chapter, after a replacement.
func readAfter(t *testing.T, old, new string) ([]Noted, []string) {
	t.Helper()
	dir := fixture.NewCourse(t, "01-greet/testdata/questions.md", old, new)
	c, err := course.Open(dir)
	require.NoError(t, err)
	ch, err := c.Chapter("1")
	require.NoError(t, err)
	all, problems, err := Read(ch)
	require.NoError(t, err)
	return all, problems
}

func TestRead(t *testing.T) {
	all, problems := readAfter(t, "# Questions", "# Questions")
	assert.Empty(t, problems)
	require.Len(t, all, 3)
	why, trace, short := all[0], all[1], all[2]
	assert.Equal(t, "1.2 spaces-first", why.ID)
	assert.Equal(t, "1.2", why.Exercise.String())
	assert.Equal(t, "A name of spaces alone greets nobody, and counts as none.", why.Key())
	assert.Equal(t, "It prints them as they are: `TestGreet/a_name_with_spaces` would fail.", why.Choices[1].Because)
	assert.True(t, strings.HasPrefix(why.Because, "Cut first"), why.Because)
	assert.Equal(t, "fmt.Println(greet.Greet(\" \"))\n", trace.Code)
	assert.Contains(t, trace.Text, "```go\nfmt", "a reader sees the code")
	assert.Equal(t, []string{"0", "none"}, short.Accepts)
}

func TestRead_goesOn(t *testing.T) {
	all, problems := readAfter(t, "nobody, and counts", "nobody, and\n  counts")
	assert.Empty(t, problems)
	assert.Equal(t, "A name of spaces alone greets nobody, and counts as none.", all[0].Key(), "it takes two lines")
}

// What is wrong with a question is said with its line, and with what would be right.
func TestRead_problems(t *testing.T) {
	for _, row := range []struct{ name, old, new, want string }{
		{"no number", "## 1.2 spaces", "## spaces", `:3: the heading "spaces-first" is not an exercise and a name`},
		{"no such exercise", "## 1.2 spaces", "## 1.9 spaces", ":3: there is no exercise 1.9: take"},
		{"a name twice", "2 no-name", "4 spaces-first", ":16: the name spaces-first stands in line 3 too"},
		{"an unknown kind", "Kind: why", "Kind: because", ":3: the line below the heading must be Kind: why, "},
		{"no text", "Why does `Greet` cut the spaces before it looks whether a name is there?", "", ":3: it has no text"},
		{"nothing after an answer", "> A space is no name.", "", ":16: it needs lines with > at its end"},
		{"none is right", "- [x] A", "- [ ] A", ":3: the wrong choice 1 needs lines with > below it"},
		{"two are right", "- [ ] A", "- [x] A", ":3: 2 of the choices are right, and one must be"},
		{"a choice twice", "Hello, !`", "Hello, you!`", ":16: two choices are the same: `Hello, you!`"},
		{"a choice that is a letter", "- [ ] `Hello, !`", "- [ ] `B`", ":16: the choice `B` reads like the letter of one"},
		{"too few choices", "- [ ] `Hello, me!`\n", "", ":16: it has so many choices: 2. It must have three to five"},
		{"a short question without an answer", "Answer: 0\nAnswer: none\n", "", ":33: a short question needs a line such as Answer: 5"},
		{"choices and words", "> A space", "Answer: 7\n> A space", ":16: it has choices and lines with Answer"},
		{"a why without choices", "Kind: short", "Kind: why", ":33: it needs choices"},
		{"a trace that runs nothing", "```go", "```text", ":16: a trace needs what proves its key"},
		{"a trace with two things to run", "Kind: trace", "Kind: trace\nRun: curl localhost:8080/", ":16: it has a block of Go and a line Run"},
		{"what runs and is no trace", "Kind: short", "Kind: short\nRun: curl localhost:8080/", ":33: only a trace has a line Run"},
		{"a field too late", "What does this print?", "What?\nImports: fmt", ":24: Imports belongs below the heading"},
		{"text behind the choices", "> A space", "Yes.\n\n> A space", `:31: behind the choices stand only lines with >: "Yes."`},
		{"a choice with another box", "- [ ] `Hello, !`", "- [X] `Hello, !`", ":26: a choice is - [x] and its text"},
	} {
		t.Run(row.name, func(t *testing.T) {
			all, problems := readAfter(t, row.old, row.new)
			require.NotEmpty(t, problems)
			assert.True(t, strings.HasPrefix(problems[0], "01-greet/testdata/questions.md"+row.want), "%q", problems)
			assert.Len(t, all, 2, "the others are asked all the same")
		})
	}
}

func TestRead_none(t *testing.T) {
	dir := fixture.NewCourse(t)
	require.NoError(t, os.Remove(filepath.Join(dir, "01-greet", "testdata", "questions.md")))
	c, err := course.Open(dir)
	require.NoError(t, err)
	ch, err := c.Chapter("1")
	require.NoError(t, err)
	all, problems, err := Read(ch)
	require.NoError(t, err)
	assert.Empty(t, all)
	assert.Empty(t, problems)
}

// A Korean page asks what the English one asks, and quotes the rules of its own notes.
func TestParse_twinsOfThisTree(t *testing.T) {
	root, ok := mark.Root(".")
	require.True(t, ok)
	c, err := course.Open(root)
	require.NoError(t, err)
	chapters, err := c.Chapters()
	require.NoError(t, err)
	comment, rule := regexp.MustCompile(`(?m)^<!-- of: .*\n`), regexp.MustCompile(`\*\*[^*]+\.\*\*`)
	for _, ch := range chapters {
		korean, err := os.ReadFile(filepath.Join(ch.Dir, "testdata/questions.ko.md"))
		if os.IsNotExist(err) {
			continue
		}
		require.NoError(t, err)
		english, err := os.ReadFile(filepath.Join(ch.Dir, fileName))
		require.NoError(t, err)
		wanted, _ := parse(ch, string(english))
		all, problems := parse(ch, course.WithoutStale(comment.ReplaceAllString(string(korean), "")))
		assert.Empty(t, problems, ch.Name)
		require.Len(t, all, len(wanted), ch.Name)
		for i, n := range all {
			assert.Equal(t, wanted[i].ID, n.ID)
		}
		notes, err := os.ReadFile(filepath.Join(ch.Dir, "README.ko.md"))
		require.NoError(t, err, "the rules that it quotes")
		for _, quoted := range rule.FindAllString(string(korean), -1) {
			assert.Contains(t, string(notes), quoted, ch.Name)
		}
	}
}
