package proof

import (
	"strings"
	"testing"

	"example.com/authbook/internal/workbook/fixture"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const questionsFile = "01-greet/testdata/questions.md"

// What is wrong with a question is told in one line, with the line of its heading.
func TestProof_questionsHold(t *testing.T) {
	fixture.SkipUnlessLong(t)
	const spaces, print = ":3: 1.2 spaces-first: ", ":16: 1.2 no-name: "
	for _, row := range []struct {
		name, old, new string
		want           []string // how the problems begin
	}{
		{"the questions of the small course", "# Questions", "# Questions", nil},
		{"a row that is not there", "`TestGreet/a_name_with_spaces`", "`TestGreet/spaces`",
			[]string{spaces + "there is no test TestGreet/spaces"}},
		{"a place that is not there", "compares", "`greet.go Meet` compares",
			[]string{spaces + "there is no place greet.go Meet"}},
		{"a place from the root", "compares", "`final/main.go main` compares", nil},
		{"a rule that the notes don't state", "compares", "**Time is free.** It compares",
			[]string{spaces + "there is no rule in the notes: Time is free."}},
		{"an explanation that names nothing", "`greet.go Greet` compares one text, once.", "One `text` is compared.",
			[]string{spaces + "the wrong choice 3 is explained by nothing that can be looked up"}},
		{"a wrong key", "- [x] `Hello, you!`", "- [x] `Hello, we!`",
			[]string{print + `it prints "Hello, you!", and its key is "Hello, we!"`}},
		{"a trace that does not compile", `greet.Greet(" ")`, `greet.Greet(" ", 1)`,
			[]string{print + "it does not compile: trace_no-name_test.go:"}},
		{"a trace that is no Go", `greet.Greet(" "))`, `greet.Greet(`, []string{print + "it can't be run: "}},
		{"a trace that panics", `fmt.Println(greet`, `panic(greet`,
			[]string{print + "it did not run to its end: TestTrace_0, panic: Hello, you!"}},
		{"a trace that imports", `greet.Greet(" ")`, `utf8.RuneError, greet.Greet(" ")`,
			[]string{print + `it prints "65533 Hello, you!"`}},
		{"a question that can't be read", "Kind: short", "Kind: tall", []string{":33: the line below the heading"}},
	} {
		t.Run(row.name, func(t *testing.T) {
			p := proofOf(t, fixture.NewCourse(t, questionsFile, row.old, row.new), "1")
			_, err := p.referenceIsGreen(t.Context())
			require.NoError(t, err)
			problems, err := questioning{p}.questionsHold(t.Context())
			require.NoError(t, err)
			require.Len(t, problems, len(row.want), "%q", problems)
			for i, want := range row.want {
				assert.True(t, strings.HasPrefix(problems[i], questionsFile+want), "%q", problems[i])
			}
		})
	}
}

// The key of a trace with commands is what the last one wrote.
func TestLastOutput(t *testing.T) {
	shown := asTyped([]string{"curl a", "curl b"}, []string{"1\n$ 2\n", "40\n1\n"})
	assert.Equal(t, "40\n1\n", lastOutput(shown))
	assert.Equal(t, "1\n", lastOutput(asTyped([]string{"curl a"}, []string{"1\n"})))
}
