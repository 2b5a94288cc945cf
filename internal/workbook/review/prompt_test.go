package review

import (
	"testing"

	"example.com/authbook/internal/workbook/course"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestWithNumbers(t *testing.T) {
	rows := []struct{ name, diff, want string }{
		{"the numbers of the new file", "diff a b\n--- a\n+++ b\n@@ -5,2 +7,2 @@\n a\n-b\n+c\n",
			"    7  a\n      -b\n    8 +c\n"},
		{"a new file", "diff a b\n--- a\n+++ b\n@@ -0,0 +1,2 @@\n+a\n+b\n", "    1 +a\n    2 +b\n"},
		{"no new line at the end",
			"diff a b\n--- a\n+++ b\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n",
			"    1  a\n      -b\n    2 +c\n"},
		{"a secret",
			"diff a b\n--- a\n+++ b\n@@ -1 +1 @@\n-AUTH_SECRET=not-for-everybody\n+AUTH_SECRET=not-for-everybody\n",
			"      - (the value of AUTH_SECRET was here)\n    1 + (the value of AUTH_SECRET was here)\n"},
		{"a private key, to its last line",
			"diff a b\n--- a\n+++ b\n@@ -0,0 +1,4 @@\n" +
				"+-----BEGIN PRIVATE KEY-----\n+MIIEvQIBADANBg\n+-----END PRIVATE KEY-----\n+fine\n",
			"    1 + (a private key was here)\n    2 + (a private key was here)\n" +
				"    3 + (a private key was here)\n    4 +fine\n"},
		{"a key of words", "diff a b\n--- a\n+++ b\n@@ -0,0 +1 @@\n+var signKey = []byte(\"correct horse battery\")\n",
			"    1 + (a key that is written in the code was here)\n"},
		{"no change", "", ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got, err := withNumbers(row.diff)
			require.NoError(t, err)
			assert.Equal(t, row.want, got)
		})
	}
}

func TestForAI_leavesOutTheMistakes(t *testing.T) {
	for _, title := range []string{"Likely mistakes", "자주 하는 실수"} {
		guide := course.Rubric{Text: "# Guide\n\nAsk.\n\n## " + title + "\n\nThe answer.\n"}
		assert.Equal(t, "# Guide\n\nAsk.\n", forAI(guide), title)
	}
}
