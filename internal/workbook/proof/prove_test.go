package proof

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"
	"testing"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMain(m *testing.M) { fixture.Main(m, nil) }

// TestProve_tellsAllAtOnce plants defects of every kind into one chapter.
func TestProve_tellsAllAtOnce(t *testing.T) {
	p := proofOf(t, fixture.NewCourse(t,
		"02-token/token_test.go", `got != row.want {`, `false && got != row.want {`,
		"02-token/token_test.go", `{"a wrong sum", []string{"2.1"}`, `{"a wrong sum", nil`,
		"02-token/token_test.go", `func TestSum(t *testing.T) {`,
		"func TestSum(t *testing.T) {\n\tt.Run(\"is listed\", func(*testing.T) {})",
		"02-token/doc.go", "package token", unreachable(),
		"02-token/testdata/wrong/2.1-of-nothing.diff", "TestSum/of_abc", "TestSum/of_xyz",
		"02-token/README.md", "# Token\n", "# Token\n\n<!-- code: token.go Sum -->\n```go\nfunc Old() {}\n```\n",
		"02-token/README.md", "## 2.2 Same", "## Same"), "2")
	problems, _, err := Prove(t.Context(), p.runner, p.printer, p.chapter)
	require.NoError(t, err)
	want := []string{
		"02-token/README.md:4: the block differs from its source",
		"all exercises blank: the row TestSum/is_listed of 2.1 Sum does not fail with a TODO",
		"all exercises blank: go vet says: 02-token/doc.go:6:2: unreachable code",
		`2.1 Sum blank: the row TestSame/a_wrong_sum fails, but not with TODO 2.1 Sum: does it lack needs: "2.1"?`,
		"2.1 Sum blank: the row TestSum/is_listed passes",
		"2.2 Same has no section in README.md",
		"2.2 Same may return zero values: every row passes",
		"2.1-of-nothing.diff: it fails TestSum/of_abc too",
		"2.1-of-nothing.diff: there is no row TestSum/of_xyz",
		"2.2-prefix.diff: TestSame/no_sum does not catch it",
	}
	require.Len(t, problems, len(want), "each defect is told once")
	for i := range want {
		assert.Contains(t, problems[i], want[i])
	}
}

// unreachable is what vet complains about, in other words each time: a finding
// that Go remembers is told with the folder in which it was found.
func unreachable() string {
	return "package token\n\nfunc init() { // " + rand.Text() + "\n\treturn\n\tprintln()\n}"
}

// TestProve plants one defect after another into the fixture course. The check
// that is there for it must tell it in one line.
func TestProve(t *testing.T) {
	fixture.SkipUnlessLong(t)
	sum, same := mark.ID{Chapter: 2, Number: 1}, mark.ID{Chapter: 2, Number: 2}
	tests := []struct {
		name  string
		plant []string // file, old text, new text
		check proofCheck
		want  []string // parts of the problems, in order
	}{
		{"a test that zero values pass",
			[]string{"02-token/token_test.go", `got != row.want {`, `false && got != row.want {`},
			zeroOf(same), []string{"2.2 Same may return zero values: every row passes"}},
		{"a guard that no error satisfies",
			[]string{"01-greet/pick_test.go", `if got != row.want || !errors.Is(err, row.err) {`,
				`if err != nil && !errors.Is(err, row.err) {`},
			zeroOf(mark.ID{Chapter: 1, Number: 5}), []string{"1.5 Box.Pick may return zero values"}},
		{"a wrong answer that no row catches",
			[]string{"02-token/testdata/wrong/2.2-prefix.diff", `strings.HasPrefix(Sum(s), sum)`,
				`strings.Contains(Sum(s), sum) && sum != ""`},
			answersOf(same), []string{"2.2-prefix.diff: TestSame/no_sum does not catch it"}},
		{"a wrong answer that fails more than it says",
			[]string{"02-token/testdata/wrong/2.1-of-nothing.diff", "TestSum/of_abc", "TestSum/of_xyz"},
			answersOf(sum), []string{"it fails TestSum/of_abc too", "there is no row TestSum/of_xyz"}},
		{"a wrong answer that does not compile",
			[]string{"02-token/testdata/wrong/2.2-prefix.diff", "strings.HasPrefix(Sum(s), sum)",
				"strings.HasPrefix(Sum(s))"},
			answersOf(same), []string{"2.2-prefix.diff does not compile"}},
		{"a wrong answer that can't be read",
			[]string{"02-token/testdata/wrong/2.2-prefix.diff", "Hint:", "A hint:"},
			answersOf(same), []string{"02-token/testdata/wrong/2.2-prefix.diff: it needs the paragraphs Wrong, Hint"}},
		{"an edit that does not apply",
			[]string{"02-token/token.go", `return Sum(s) == sum`, `return sum == Sum(s)`},
			answersOf(same), []string{
				`02-token/testdata/wrong/2.2-prefix.diff: edit 1: Same has no such lines, from "\treturn Sum(s) == sum" on`}},
		{"an edit that applies twice",
			[]string{"01-greet/greet.go", "\tname = str.TrimSpace(name)\n",
				"\tname = str.TrimSpace(name)\n\tname = str.TrimSpace(name)\n"},
			answersOf(mark.ID{Chapter: 1, Number: 2}), []string{
				"01-greet/testdata/wrong/1.2-keeps-spaces.diff: edit 1: Greet has these lines more than once"}},
		{"a weak table that misses more than it says",
			[]string{"01-greet/testdata/wrong/1.1-no-empty-string.diff", "-\t{",
				"-\t{\"hello\", \"HELLO!\"},\n+\t{\"A\", \"A!\"},\n-\t{"},
			answersOf(mark.ID{Chapter: 1,
				Number: 1}), []string{"1.1-no-empty-string.diff: it fails TestLoud/unmasks/quiet too"}},
		{"a test that calls the blank without asking",
			[]string{"02-token/token_test.go", `func TestSame(`,
				"func TestSum_length(t *testing.T) {\n\tt.Run(\"of a\", func(t *testing.T) { Sum(\"a\") })\n}\n\nfunc TestSame("},
			blankOf(sum), []string{"2.1 Sum blank breaks off in TestSum_length"}},
		{"a row that does not say what it needs",
			[]string{"02-token/token_test.go", `{"no sum", []string{"2.1"}`, `{"no sum", nil`},
			blankOf(sum), []string{
				`2.1 Sum blank: the row TestSame/no_sum fails, but not with TODO 2.1 Sum: does it lack needs: "2.1"?`}},
		{"a row that passes when blank",
			[]string{"02-token/token_test.go", `func TestSum(t *testing.T) {`,
				"func TestSum(t *testing.T) {\n\tt.Run(\"is listed\", func(*testing.T) {})"},
			blankOf(sum), []string{"2.1 Sum blank: the row TestSum/is_listed passes"}},
		{"a row that passes when all is blank",
			[]string{"02-token/token_test.go", `func TestSum(t *testing.T) {`,
				"func TestSum(t *testing.T) {\n\tt.Run(\"is listed\", func(*testing.T) {})"},
			allBlank, []string{"the row TestSum/is_listed of 2.1 Sum does not fail with a TODO"}},
		{"a row that is not always listed",
			[]string{"02-token/token_test.go", `func TestSum(t *testing.T) {`,
				"func TestSum(t *testing.T) {\n\tt.Run(\"is lost\", func(t *testing.T) {\n\t\texercise.Needs(t, \"2.1\")\n\t\tt.Run(\"inner\", func(*testing.T) {})\n\t})"},
			blankOf(sum), []string{"2.1 Sum blank: the row TestSum/is_lost/inner is not listed"}},
		{"code that vet complains about",
			[]string{"02-token/doc.go", "package token", unreachable()},
			allBlank, []string{"go vet says: 02-token/doc.go:6:2: unreachable code"}},
		{"an exercise without tests",
			[]string{"02-token/token.go", "//workbook:exercise 2.2", "//workbook:exercise 2.2 TestOther"},
			completeness(same), []string{"2.2 Same has no test: none matches ^(?:TestOther)$"}},
		{"nothing to compare with",
			[]string{"02-token/README.md", "**Why so.** The reference of 2.2", "The reference of 2.2"},
			completeness(same), []string{"2.2 Same has no Why so, or no Another way, under When it is green"}},
		{"a missing hint",
			[]string{"02-token/README.md", "<summary>Hint 3</summary>\n\nSum of s",
				"<summary>Answer</summary>\n\nSum of s"},
			completeness(same), []string{"2.2 Same has 2 hints in README.md, not 3"}},
		{"an exercise that the notes leave out",
			[]string{"02-token/README.md", "## 2.2 Same", "## Same"},
			completeness(same), []string{"2.2 Same has no section in README.md"}},
		{"an exercise without a wrong answer",
			[]string{"02-token/token.go", "// Same reports",
				"// Full is full.\n//\n//workbook:exercise 2.3 TestSum\nfunc Full() string { return \"full\" }\n\n// Same reports"},
			completeness(mark.ID{Chapter: 2, Number: 3}), []string{"2.3 Full has no section",
				"2.3 Full has no wrong answer"}},
		{"a text to choose that is right too",
			[]string{"01-greet/loud_test.go", "struct{ in, want string }", "struct{ in, want, note string }",
				"01-greet/loud_test.go", `{"", ""}`, `{"", "", "y"}`,
				"01-greet/loud_test.go", `{"hello", "HELLO!"}`, `{"hello", "HELLO!", "x"}`},
			linesOf(mark.ID{Chapter: 1, Number: 1}), []string{
				`1.1 loudCases: hint --lines offers what is right too: {"", "", "x"},`}},
		{"a snippet that is out of date",
			[]string{"01-greet/README.md", "type loudCase struct{ in, want string }",
				"type loudCase struct{ in string }"},
			agreement, []string{"01-greet/README.md:10: the block differs from its source"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := proofOf(t, fixture.NewCourse(t, tt.plant...), tt.plant[0][1:2])
			red, err := p.referenceIsGreen(t.Context())
			require.NoError(t, err)
			require.Empty(t, red, "the defect must not show before prove looks for it")
			require.NoError(t, p.buildOnce(t.Context()))
			problems, err := tt.check(t.Context(), p)
			require.NoError(t, err)
			assertProblems(t, tt.want, problems)
		})
	}
}

// proofCheck is one of prove's checks, bound to an exercise.
type proofCheck func(context.Context, *proof) ([]string, error)

func agreement(ctx context.Context, p *proof) ([]string, error) { return p.notesAgree(ctx) }

func allBlank(ctx context.Context, p *proof) ([]string, error) { return p.allBlank(ctx) }

func blankOf(i mark.ID) proofCheck {
	return func(ctx context.Context, p *proof) ([]string, error) {
		e, _ := course.Find(p.exercises, i)
		return p.blankIsRed(ctx, e)
	}
}

func zeroOf(i mark.ID) proofCheck {
	return func(ctx context.Context, p *proof) ([]string, error) {
		e, _ := course.Find(p.exercises, i)
		return p.zeroIsRed(ctx, e)
	}
}

func linesOf(i mark.ID) proofCheck {
	return func(ctx context.Context, p *proof) ([]string, error) {
		e, _ := course.Find(p.exercises, i)
		return p.puzzleHolds(ctx, e)
	}
}

func completeness(i mark.ID) proofCheck {
	return func(_ context.Context, p *proof) ([]string, error) {
		e, _ := course.Find(p.exercises, i)
		return p.isComplete(e)
	}
}

func answersOf(i mark.ID) proofCheck {
	return func(ctx context.Context, p *proof) (all []string, err error) {
		for _, w := range p.answers {
			if w.ID == i {
				found, failed := p.answerIsCaught(ctx, w)
				all, err = append(all, found...), errors.Join(err, failed)
			}
		}
		return all, err
	}
}

// newProof begins a proof of one chapter.
func proofOf(t *testing.T, dir, chapter string) *proof {
	t.Helper()
	a, _ := fixture.Open(t, dir)
	ch, err := a.Course.Chapter(chapter)
	require.NoError(t, err)
	p, clean, err := newProof(t.Context(), a.Runner, a.UI, ch)
	require.NoError(t, err)
	t.Cleanup(clean)
	return p
}

func assertProblems(t *testing.T, want, problems []string) {
	t.Helper()
	require.Len(t, problems, len(want), "each defect is told once")
	for i := range want {
		assert.Contains(t, problems[i], want[i])
		assert.NotContains(t, problems[i], "\n", "one line for each problem")
	}
}

// TestProve_reference plants defects into the reference itself.
func TestProve_reference(t *testing.T) {
	fixture.SkipUnlessLong(t)
	lucky := []string{
		"02-token/token_test.go", `if got := Sum(row.in)`, `if got := lucky(Sum(row.in))`,
		"02-token/token_test.go", "func TestMain(", "func lucky(s string) string {\n\tif time.Now().Nanosecond()/64%2 == 0 {\n\t\treturn \"\"\n\t}\n\treturn s\n}\n\nfunc TestMain(",
		"02-token/token_test.go", `"testing"`, "\"testing\"\n\t\"time\"",
	}
	tests := []struct {
		name  string
		plant []string
		want  []string
	}{
		{"a flaky row", lucky, []string{"TestSum/of_nothing is flaky", "TestSum/of_abc is flaky"}},
		{"a red reference", []string{"02-token/token.go", "\treturn Sum(s) == sum",
			"\tif sum != \"\" {\n\t\treturn Sum(s) != sum\n\t}\n\treturn Sum(s) == sum"},
			[]string{"the reference fails TestSame/the_right_sum", "the reference fails TestSame/a_wrong_sum"}},
		{"a reference that does not compile", []string{"02-token/token.go", `return Sum(s) == sum`, `return Sum(s)`},
			[]string{"the reference does not compile: "}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := proofOf(t, fixture.NewCourse(t, tt.plant...), "2")
			problems, _, err := Prove(t.Context(), p.runner, p.printer, p.chapter)
			require.NoError(t, err)
			assert.Len(t, problems, len(tt.want), "each defect is told once")
			for _, want := range tt.want { // the rows ran in random order
				assert.Contains(t, strings.Join(problems, "\n"), want)
			}
		})
	}
}

func TestProve_hintsThatDiffer(t *testing.T) {
	dir := fixture.NewCourse(t)
	a, _ := fixture.Open(t, dir)
	ch, err := a.Course.Chapter("2")
	require.NoError(t, err)
	one := course.WrongAnswer{ID: mark.ID{Chapter: 2, Number: 2}, File: "a.go", Hint: "look",
		Fails: []string{"TestSame/no_sum"}}
	same, other := one, one
	other.File, other.Hint = "b.go", "think"
	for _, tt := range []struct {
		name    string
		answers []course.WrongAnswer
		want    int
	}{{"the same hint is fine", []course.WrongAnswer{one, same}, 0}, {"two hints can't be told apart",
		[]course.WrongAnswer{one, other}, 1}} {
		t.Run(tt.name, func(t *testing.T) {
			problems, err := (&proof{chapter: ch, answers: tt.answers}).answersDiffer(t.Context())
			require.NoError(t, err)
			assert.Len(t, problems, tt.want, "the rows alone choose the hint")
		})
	}
}
