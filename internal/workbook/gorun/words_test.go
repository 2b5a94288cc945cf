package gorun

import (
	"strings"
	"testing"

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
		{"a diff of one line repeats what stands above it",
			"  \texpected: \"a\"\n  \tactual  : \"b\"\n  \t\n  \tDiff:\n  \t--- Expected\n  \t+++ Actual\n  \t@@ -1 +1 @@\n  \t-a\n  \t+b\n  \tMessages: why\n",
			[]string{"expected: \"a\"", "actual  : \"b\"", "Messages: why"}},
		{"a diff of many lines stays",
			"  \tDiff:\n  \t--- Expected\n  \t+++ Actual\n  \t@@ -1,2 +1,2 @@\n  \t a\n  \t-b\n  \t+c\n",
			[]string{"Diff:", "--- Expected", "+++ Actual", "@@ -1,2 +1,2 @@", " a", "-b", "+c"}},
		{"a huge line is cut", "got " + strings.Repeat("p", 5000) + "\n",
			[]string{"got " + strings.Repeat("p", 396) + "… (5004 characters)"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, Tidy(tt.output), "a learner reads this to the end, or not at all")
		})
	}
}
