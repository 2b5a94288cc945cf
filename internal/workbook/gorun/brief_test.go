package gorun

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"example.com/authbook/internal/text"
)

func TestBrief(t *testing.T) {
	complaint := func(line, want, got string) string {
		return "    a_test.go:" + line + ": \n        \tError:      \tNot equal: \n        \t            \texpected: " + want +
			"\n        \t            \tactual  : " + got + "\n        \tMessages:   \twhy\n"
	}
	same := `"` + strings.Repeat("e", 60)
	type test struct {
		name, output string
		want         []string
	}
	tests := []test{
		{"nothing", "", nil},
		{"one complaint is shown whole", "    a_test.go:3: expected this, got that\n", []string{"a_test.go:3: expected this, got that"}},
		{"the others take a line each", complaint("3", "1", "2") + complaint("5", "404", "200"), []string{"a_test.go:3:",
			"      Error:        Not equal:", "                    expected: 1", "                    actual  : 2",
			"      Messages:     why", "also a_test.go:5: expected 404, got 200"}},
		{"a complaint without values keeps its first words",
			"    a_test.go:3: x\n    a_test.go:5: \n        \tError:      \tShould NOT be empty\n",
			[]string{"a_test.go:3: x", "also a_test.go:5: Should NOT be empty"}},
		{"of two long values the end that differs is shown", complaint("3", same+`x"`, same+`y"`), []string{"a_test.go:3:",
			"      Error:        Not equal:", `                    expected: after 60 equal characters: x"`,
			`                    actual  : after 60 equal characters: y"`, "      Messages:     why"}},
		{"a value that is too long is cut", complaint("3", "1", strings.Repeat("y", 99)), []string{"a_test.go:3:",
			"      Error:        Not equal:", "                    expected: 1",
			"                    actual  : " + strings.Repeat("y", 50) + "… (99 characters)", "      Messages:     why"}},
	}
	diff := func(lines ...string) string {
		return "\n        \t            \t\n        \t            \tDiff:\n        \t            \t--- Expected\n" +
			"        \t            \t+++ Actual\n        \t            \t@@ -1 +1 @@\n        \t            \t" +
			strings.Join(lines, "\n        \t            \t")
	}
	long := strings.Repeat("y", 99)
	tests = append(tests, []test{
		{"two short values need no diff", complaint("3", "[]int{1}", "[]int{2}"+diff(" ([]int) {", "- 1", "+ 2", " }")),
			[]string{"a_test.go:3:", "      Error:        Not equal:", "                    expected: []int{1}",
				"                    actual  : []int{2}", "      Messages:     why"}},
		{"of long values the diff is enough", complaint("3", "["+long, long+diff(" name: a", "- code: 1", "+ code: 2")),
			[]string{"a_test.go:3:", "      Error:        Not equal:", "                    --- Expected",
				"                    +++ Actual", "                    - code: 1", "                    + code: 2",
				"      Messages:     why"}},
	}...)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			assert.Equal(t, tt.want, Brief(text.English, tt.output),
				"it must fit into 24 lines, with the row's name and what to do")
		})
	}
}

func TestBrief_saysInKoreanWhatEachComplaintMeans(t *testing.T) {
	output := "    a_test.go:3: x\n    a_test.go:5: \n        \tError:      \tShould be zero, but was 7\n"
	assert.Equal(t, []string{"a_test.go:3: x", "그 밖에 a_test.go:5: 제로값이어야 하는데 아닙니다."}, Brief(text.Korean, output))
}
