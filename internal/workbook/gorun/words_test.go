package gorun

import (
	"strings"
	"testing"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"github.com/stretchr/testify/assert"
)

func TestTidy(t *testing.T) {
	const frame = "=== RUN   TestA/x\n    a_test.go:3: \n        \tError Trace:\t/home/ann/01-x/a_test.go:3\n"
	tests := []struct {
		name, output string
		want         []string
	}{
		{"what the test runner adds goes",
			frame +
				"        \tError:      \tNot equal\n        \tTest:       \tTestA/x\n--- FAIL: TestA/x (0.00s)\n=== ATTR  TestA/x needs 1.2\n",
			[]string{"a_test.go:3:", "      Error:        Not equal"}},
		{"a trace goes, where a folder has a space too",
			frame + "        \t            \t/home/ann/my course/b.go:7\n        \t            \t/go/asm.s:1\n" +
				"        \tError:      \tsaid a.go:3\n",
			[]string{"a_test.go:3:", "      Error:        said a.go:3"}},
		{"a diff of one line repeats what stands above it",
			"  \texpected: \"a\"\n  \tactual  : \"b\"\n  \t\n  \tDiff:\n  \t--- Expected\n  \t+++ Actual\n  \t@@ -1 +1 @@\n  \t-a\n  \t+b\n  \tMessages: why\n",
			[]string{"expected: \"a\"", "actual  : \"b\"", "Messages: why"}},
		{"a diff of two texts does too",
			"  \texpected: \"a\\nb\"\n  \tactual  : \"\"\n  \t\n  \tDiff:\n  \t--- Expected\n  \t+++ Actual\n  \t@@ -1,2 +1 @@\n  \t-a\n  \t-b\n  \t+\n  \tMessages: why\n",
			[]string{"expected: \"a\\nb\"", "actual  : \"\"", "Messages: why"}},
		{"a diff of many lines stays",
			"  \tDiff:\n  \t--- Expected\n  \t+++ Actual\n  \t@@ -1,2 +1,2 @@\n  \t a\n  \t-b\n  \t+c\n",
			[]string{"Diff:", "--- Expected", "+++ Actual", "@@ -1,2 +1,2 @@", " a", "-b", "+c"}},
		{"a huge line is cut", "got " + strings.Repeat("p", 5000) + "\n",
			[]string{"got " + strings.Repeat("p", 396) + "… (5004 characters)"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, Tidy(text.English, tt.output), "a learner reads this to the end, or not at all")
		})
	}
}

// Of a table a learner reads how many impostors it unmasks; one that is wrong about
// the right server is corrected first.
func TestTableWords(t *testing.T) {
	own, impostor := Row{Name: "TestA/reference/x", Passed: 1}, Row{Name: "TestA/unmasks/y", Passed: 1}
	red := func(r Row) Row { r.Failed = 1; return r }
	tests := []struct {
		name string
		rows []Row
		want string
	}{
		{"all are unmasked", []Row{own, own, impostor, impostor}, "2 of 2 impostors unmasked"},
		{"one gets through", []Row{own, own, impostor, red(impostor)}, "1 of 2 impostors unmasked"},
		{"a row is wrong", []Row{own, red(own), red(impostor), red(impostor)},
			"1 of your 2 rows is wrong; 2 impostors wait"},
		{"rows are wrong", []Row{red(own), red(own), red(impostor)}, "2 of your 2 rows are wrong; 1 impostor waits"},
		{"the only row is wrong", []Row{red(own), red(impostor)}, "your only row is wrong; 1 impostor waits"},
		{"a row waits for other code", []Row{{Name: own.Name, Failed: 1, Blames: "4.5 Service.SignUp"}, impostor, red(impostor)},
			"1 of 2 impostors unmasked"},
		{"it has no impostors", []Row{own, red(own)}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v := Verdict{Exercise: mark.Exercise{Table: true}, Rows: tt.rows}
			for _, r := range tt.rows {
				if r.Red() {
					v.Failing = append(v.Failing, r)
				}
			}
			assert.Equal(t, tt.want, tableWords(text.English, v))
			v.Exercise.Table = false
			assert.Empty(t, tableWords(text.English, v))
		})
	}
}

// Of the last impostor a learner hears in what it differs, so check and hint keep
// what they know of it.
func TestBlind(t *testing.T) {
	last := Row{Name: "TestA/unmasks/y", Failed: 1, Did: "it slept", Differs: "time"}
	other := Row{Name: "TestA/unmasks/z", Failed: 1, Did: "it lied", Differs: "people"}
	table := mark.Exercise{Table: true}
	tests := []struct {
		name string
		v    Verdict
		want bool
	}{
		{"one is left", Verdict{Exercise: table, Failing: []Row{last}}, true},
		{"two are left", Verdict{Exercise: table, Failing: []Row{last, other}}, false},
		{"none is left", Verdict{Exercise: table}, false},
		{"a row is wrong", Verdict{Exercise: table, Failing: []Row{{Name: "TestA/reference/x", Failed: 1}}}, false},
		{"the exercise is code", Verdict{Failing: []Row{last}}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, blind := Blind(tt.v)
			assert.Equal(t, tt.want, blind)
		})
	}
	v := Verdict{Exercise: table, Status: Fails, Rows: []Row{last, {Name: "TestA/unmasks/z"}}, Failing: []Row{last}}
	answers := []course.WrongAnswer{{Hint: "it sleeps", Fails: []string{last.Name}}}
	_, ok := Diagnose(text.English, v, answers)
	assert.False(t, ok, "the hint of a known mistake would name it")
	v.Failing[0].Differs = ""
	_, ok = Diagnose(text.English, v, answers)
	assert.True(t, ok)
}

// A table that is wrong about the right server says so itself. An impostor of the
// learner's own has no such rows, and gets its hints.
func TestDiagnose_ofATable(t *testing.T) {
	for name, want := range map[string]bool{"TestA/reference/x": false, "TestA/its_row_unmasks_it": true} {
		red := Row{Name: name, Failed: 1}
		v := Verdict{Exercise: mark.Exercise{Table: true}, Status: Fails, Rows: []Row{red, {}}, Failing: []Row{red}}
		_, ok := Diagnose(text.English, v, []course.WrongAnswer{{Hint: "look", Fails: []string{name}}})
		assert.Equal(t, want, ok, name)
	}
}
