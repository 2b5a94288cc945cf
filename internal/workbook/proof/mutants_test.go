package proof

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/authbook/internal/workbook/fixture"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// given is code that no exercise asks for, with a border that no test knows.
const given = `

// Most is how much fits. Go needs half of it as a constant.
const (
	Most = 8
	half = 4
)

var room [half]int

// Fits reports whether n fits.
func Fits(n int) bool { return n <= Most }`

const testsOfGiven = `

func TestFits(t *testing.T) {
	if !Fits(7) || Fits(9) || len(room) != 4 {
		t.Error("seven fit, nine do not")
	}
}`

func planted(t *testing.T) string {
	t.Helper()
	return fixture.NewCourse(t, "02-token/token.go", "return Sum(s) == sum\n}", "return Sum(s) == sum\n}"+given,
		"02-token/token_test.go", "func TestSame(", strings.TrimSpace(testsOfGiven)+"\n\nfunc TestSame(")
}

func mutantsOf(t *testing.T, dir, word string) (problems []string, summary string) {
	t.Helper()
	a, _ := fixture.Open(t, dir)
	ch, err := a.Course.Chapter(word)
	require.NoError(t, err)
	problems, summary, err = Mutants(t.Context(), a.Runner, a.UI, ch)
	require.NoError(t, err)
	return problems, summary
}

func TestMutants(t *testing.T) {
	problems, summary := mutantsOf(t, planted(t), "2")
	assert.Equal(t, []string{
		"02-token/token.go:25: Most = 8 → Most = 7",
		"02-token/token.go:32: func Fits(n int) bool { return n <= Most } → func Fits(n int) bool { return n < Most }",
		"02-token: the row TestSum/of_nothing of 2.1 Sum catches no wrong answer and no mutant",
		"02-token: the row TestSame/the_right_sum of 2.2 Same catches no wrong answer and no mutant",
	}, problems, "a border that no test knows, and rows that a body of another kind would pass")
	assert.Equal(t, "02-token: borders 3 of 5 killed, the rest 1 of 1 killed", summary)
}

// What stops the machine kills too, so of a run with a short limit nothing else is held.
func TestMutants_aLoopWithoutEndIsKilled(t *testing.T) {
	a, _ := fixture.Open(t, fixture.NewCourse(t, "02-token/token.go", "return Sum(s) == sum\n}", `return Sum(s) == sum
}

// Halves is how often n can be halved.
func Halves(n int) (times int) {
	for ; n > 0; n /= 2 {
		times++
	}
	return times
}`, "02-token/token_test.go", "func TestSame(", `func TestHalves(t *testing.T) {
	if Halves(4) != 3 {
		t.Error("4, 2 and 1 can be halved")
	}
}

func TestSame(`))
	a.Runner.Limit = fixture.ShortLimit
	ch, err := a.Course.Chapter("2")
	require.NoError(t, err)
	problems, summary, err := Mutants(t.Context(), a.Runner, a.UI, ch)
	require.NoError(t, err)
	assert.NotContains(t, strings.Join(problems, "\n"), "n >= 0")
	assert.Contains(t, summary, "borders ")
}

func TestMutants_tables(t *testing.T) {
	fixture.SkipUnlessLong(t)
	t.Parallel()
	problems, _ := mutantsOf(t, fixture.NewCourse(t,
		"01-greet/loud_test.go", `	{"", ""},`, "\t{\"\", \"\"},\n\t{\"bye\", \"BYE!\"},"), "1")
	assert.Contains(t, strings.Join(problems, "\n"), `{"bye", "BYE!"}, → (nothing)`,
		"a row that unmasks nobody is not missed")
}

// A mutant that writes to a file of another name writes it elsewhere.
func TestMutants_leaveTheChapterAlone(t *testing.T) {
	dir := fixture.NewCourse(t, "02-token/token.go", `	"encoding/hex"`, "\t\"encoding/hex\"\n\t\"os\"",
		"02-token/token.go", "return Sum(s) == sum\n}", `return Sum(s) == sum
}

// Keep keeps what is large.
func Keep(n int) error {
	if n < 2 {
		return nil
	}
	return os.WriteFile("large", nil, 0o600)
}`,
		"02-token/token_test.go", "func TestSame(", `func TestKeep(t *testing.T) {
	if Keep(1) != nil {
		t.Error("one is not large")
	}
}

func TestSame(`)
	problems, _ := mutantsOf(t, dir, "2")
	assert.Contains(t, strings.Join(problems, "\n"), "if n < 2 { → if n < 1 {", "the mutant that writes survived")
	assert.NoFileExists(t, filepath.Join(dir, "02-token", "large"))
}

// What is excused must be there, and must need it.
func TestMutants_exceptions(t *testing.T) {
	fixture.SkipUnlessLong(t)
	t.Parallel()
	dir := planted(t)
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, "02-token", "testdata", name), []byte(text), 0o644))
	}
	write("equivalents.txt", "# why\ntoken.go const: Most = 8 → Most = 7\n\tseven is enough\n"+
		"token.go const: half = 4 → half = 5\n\tkilled\ntoken.go const: Less = 1 → Less = 2\n\tgone\n")
	write("idle.txt", "TestSum/of_nothing\nTestSum/of_abc\n\tit is the first\n")
	problems, summary := mutantsOf(t, dir, "2")
	all := strings.Join(problems, "\n")
	assert.NotContains(t, all, "Most = 8")
	assert.NotContains(t, all, "TestSum/of_nothing")
	for _, none := range []string{"half = 4 → half = 5", "Less = 1 → Less = 2"} {
		assert.Contains(t, all, "02-token/testdata/equivalents.txt: token.go const: "+none+": is no mutant, or is killed")
	}
	assert.Contains(t, all, "02-token/testdata/idle.txt: TestSum/of_abc: is no row, or catches somebody")
	assert.Contains(t, all, "1 of 6 mutants are called equivalent, more than 5%")
	assert.Contains(t, summary, "borders 3 of 4 killed (and 1 equivalent)")
}

// An exception without a reason is told before anything runs.
func TestMutants_reasons(t *testing.T) {
	dir := fixture.NewCourse(t)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "02-token/testdata/idle.txt"), []byte("TestSum/of_nothing\n"), 0o644))
	a, _ := fixture.Open(t, dir)
	ch, err := a.Course.Chapter("2")
	require.NoError(t, err)
	_, _, err = Mutants(t.Context(), a.Runner, a.UI, ch)
	assert.ErrorContains(t, err, `02-token/testdata/idle.txt: "TestSum/of_nothing" has no reason below it`)
}
