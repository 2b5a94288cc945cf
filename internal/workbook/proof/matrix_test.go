package proof

import (
	"path/filepath"
	"strings"
	"testing"

	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/gorun"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestProve_matrix plants rules into the notes of the fixture course. What holds
// a rule must be listed, and what does not must be told in one line.
func TestProve_matrix(t *testing.T) {
	tests := []struct {
		name    string
		rules   string   // joins the notes
		remarks string   // testdata/matrix.txt
		list    []string // parts of what is printed
		want    []string // parts of the problems, in order
	}{
		{name: "a rule whose test catches a wrong answer",
			rules: "**No sum is no match.** (`TestSame/no_sum`)",
			list: []string{"02-token: 1 rule, 2 wrong answers, 1 impostor",
				"No sum is no match.  02-token/README.md:", "  TestSame/no_sum\n    wrong answer 2.2-prefix\n"}},
		{name: "a test with subtests stands for them",
			rules: "**Sums are compared whole.** `TestSame`",
			list:  []string{"  TestSame\n    wrong answer 2.2-prefix\n"}},
		{name: "a rule whose test is the impostors",
			rules: "**A table fails on impostors.** (`TestRival/unmasks`)",
			list:  []string{"  TestRival/unmasks\n    impostor sleeps\n"}},
		{name: "an impostor that a remark names",
			rules:   "**abc has a sum.** (`TestRival/honest`)",
			remarks: "# why\n\nTestRival/honest unmasks sleeps\n",
			list:    []string{"  TestRival/honest\n    impostor sleeps\n"}},
		{name: "two tests of which one catches",
			rules: "**Two hold it.** (`TestRival/honest`, `TestSame/no_sum`)",
			list:  []string{"  TestRival/honest\n  TestSame/no_sum\n    wrong answer 2.2-prefix\n"}},
		{name: "a gap with a reason",
			rules:   "**The rival is honest.** (`TestRival/honest`)",
			remarks: "TestRival because it is given\n",
			list:    []string{"  TestRival/honest\n    gap, because it is given\n"}},
		{name: "a rule in a table has its test in a later cell",
			rules: "| **32 bytes** | hex | `TestSame/no_sum` |",
			list:  []string{"32 bytes  02-token", "    wrong answer 2.2-prefix\n"}},
		{name: "the beat of the notes and single words are no rules",
			rules: "**Problem.** Write **tests**.\n\n```\n**Code has none.**\n```",
			list:  []string{"02-token: 0 rules"}},
		{name: "a rule without a test",
			rules: "**Sums are free.** See `Sum`.",
			want:  []string{"Sums are free.: the notes name no test behind it"}},
		{name: "a test that does not exist",
			rules: "**Sums are free.** (`TestSame/no_such_row`)",
			want:  []string{"there is no test TestSame/no_such_row"}},
		{name: "a gap without a reason",
			rules: "**The rival is honest.** (`TestRival/honest`)",
			list:  []string{"    gap\n"},
			want:  []string{"no wrong answer and no impostor breaks it"}},
		{name: "an impostor that does not exist",
			rules:   "**The rival is honest.** (`TestRival/honest`)",
			remarks: "TestRival/honest unmasks nobody\n",
			want:    []string{"there is no impostor nobody"}},
		{name: "a reason for a rule that has no gap",
			rules:   "**No sum is no match.** (`TestSame/no_sum`)",
			remarks: "TestSame because it is given\n",
			want:    []string{"matrix.txt: nothing needs the line of TestSame"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := matrixProof(t, fixture.NewCourse(t, "02-token/README.md", "# Token\n", "# Token\n\n"+tt.rules+"\n"),
				tt.remarks)
			problems, list, err := p.listRules()
			require.NoError(t, err)
			assertProblems(t, tt.want, problems)
			for _, part := range tt.list {
				assert.Contains(t, strings.Join(list, "\n")+"\n", part)
			}
		})
	}
}

// matrixProof is a proof of chapter 2 that knows its rows without a run, and
// those of a test with an impostor.
func matrixProof(t *testing.T, dir, remarks string) *proof {
	t.Helper()
	a, _ := fixture.Open(t, dir)
	ch, err := a.Course.Chapter("2")
	require.NoError(t, err)
	require.NoError(t, a.Course.Write(filepath.Join(ch.Dir, "testdata", "matrix.txt"), remarks))
	answers, err := ch.WrongAnswers()
	require.NoError(t, err)
	p := &proof{runner: a.Runner, printer: a.UI, chapter: ch, answers: answers}
	for _, name := range []string{"TestSum/of_abc", "TestSame/no_sum", "TestSame/a_wrong_sum", "TestRival/honest",
		"TestRival/unmasks/sleeps"} {
		p.expected = append(p.expected, gorun.Row{Name: name, Passed: 1})
	}
	return p
}

func TestProve_matrixWithAnUnreadableRemark(t *testing.T) {
	_, _, err := matrixProof(t, fixture.NewCourse(t), "TestSame is given\n").listRules()
	assert.ErrorContains(t, err, `02-token/testdata/matrix.txt: "TestSame is given" is neither`)
}
