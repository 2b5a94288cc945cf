package vcs

import (
	"strings"
	"testing"

	"example.com/authbook/internal/workbook/course"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseDiff(t *testing.T) {
	const oneLine = "@@ -1 +1 @@\n-old\n+new\n"
	type files = map[string][]course.Numbered
	rows := []struct {
		name, diff string
		want       files
	}{
		{"no diff", "", files{}},
		{"lines are counted in the new file",
			"diff --git a/x.go b/x.go\nindex 9405325..c2f2e5e 100644\n--- a/x.go\n+++ b/x.go\n" +
				"@@ -1,2 +10,3 @@ func f() {\n same\n-taken out\n+fine\n+++ b/nothing\n@@ -40 +50 @@\n-a\n+b\n",
			files{"x.go": {{Number: 11, Text: "fine"}, {Number: 12, Text: "++ b/nothing"}, {Number: 50, Text: "b"}}}},
		{"an empty line that lost its space", "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n a\n\n+b\n",
			files{"x": {{Number: 3, Text: "b"}}}},
		{"no new line at the end",
			"diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n same\n-x\n\\ No newline at end of file\n+y\n" +
				"\\ No newline at end of file\n",
			files{"x": {{Number: 2, Text: "y"}}}},
		{"a patch with the line ends of Windows",
			strings.ReplaceAll("diff --git a/x b/x\n--- a/x\n+++ b/x\n"+oneLine, "\n",
				"\r\n"), files{"x": {{Number: 1, Text: "new"}}}},
		{"a file with the line ends of Windows", "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\r\n+new\r\n",
			files{"x": {{Number: 1, Text: "new"}}}},
		{"a rename with a change",
			"diff --git a/old.go b/new.go\nsimilarity index 80%\nrename from old.go\nrename to new.go\n" +
				"index 9405325..c2f2e5e 100644\n--- a/old.go\n+++ b/new.go\n" +
				oneLine, files{"new.go": {{Number: 1, Text: "new"}}}},
		{"a rename and nothing else",
			"diff --git a/old b/new.go\nsimilarity index 100%\nrename from old\nrename to new.go\n",
			files{"new.go": nil}},
		{"a copy", "diff --git a/old b/new.go\nsimilarity index 100%\ncopy from old\ncopy to new.go\n",
			files{"new.go": nil}},
		{"a change of the mode", "diff --git a/run.sh b/run.sh\nold mode 100644\nnew mode 100755\n",
			files{"run.sh": nil}},
		{"a deleted file",
			"diff --git a/gone b/gone\ndeleted file mode 100644\nindex b68fde2..0000000\n--- a/gone\n+++ /dev/null\n" +
				"@@ -1 +0,0 @@\n-k\n", files{"gone": nil}},
		{"an empty file", "diff --git a/an empty file b/an empty file\nnew file mode 100644\nindex 0000000..e69de29\n",
			files{"an empty file": nil}},
		{"a binary file",
			"diff --git a/b.bin b/b.bin\nindex bdc955b..8835708 100644\nBinary files a/b.bin and b/b.bin differ\n",
			files{"b.bin": nil}},
		{"a binary patch",
			"diff --git a/b.bin b/b.bin\nindex bdc955b..8835708 100644\nGIT binary patch\nliteral 2\nJcmZQz0ssI600RI3\n\n" +
				"literal 2\nJcmZQz1ONa700IC2\n\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n" + oneLine,
			files{"b.bin": nil, "x": {{Number: 1, Text: "new"}}}},
		{"a name with spaces",
			"diff --git a/my notes b/my notes b/my notes b/my notes\nold mode 100644\nnew mode 100755\n",
			files{"my notes b/my notes": nil}},
		{"a name with spaces, and lines", "diff --git a/my notes b/my notes\n--- a/my notes\t\n+++ b/my notes\t\n" +
			oneLine,
			files{"my notes": {{Number: 1, Text: "new"}}}},
		{"a name with quotes",
			`diff --git "a/say \"hi\".md" "b/say \"hi\".md"` + "\n" +
				`--- "a/say \"hi\".md"` + "\t\n" + `+++ "b/say \"hi\".md"` + "\t\n" + oneLine,
			files{`say "hi".md`: {{Number: 1, Text: "new"}}}},
		{"a name in Korean, in octal",
			`diff --git "a/\353\251\224\353\252\250.md" "b/\353\251\224\353\252\250.md"` +
				"\nold mode 100644\nnew mode 100755\n",
			files{"메모.md": nil}},
		{"a name in Korean, as it is", "diff --git a/메모.md b/메모.md\n--- a/메모.md\n+++ b/메모.md\n" + oneLine,
			files{"메모.md": {{Number: 1, Text: "new"}}}},
		{"another prefix", "diff --git i/x w/x\n--- i/x\n+++ w/x\n" + oneLine, files{"x": {{Number: 1, Text: "new"}}}},
		{"a mail of git format-patch",
			"From 1a2b Mon Sep 17 00:00:00 2001\nFrom: A\nSubject: [PATCH] x\n\n---\n x | 2 +-\n\n" +
				"diff --git a/x b/x\n--- a/x\n+++ b/x\n" + oneLine +
				"-- \n2.40.1\n\n", files{"x": {{Number: 1, Text: "new"}}}},
		{"one file twice, as in two mails",
			"diff --git a/x b/x\n--- a/x\n+++ b/x\n" + oneLine + "-- \n2.40.1\n\n" +
				"diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -5,0 +6 @@\n+more\n", files{"x": {{Number: 1, Text: "new"},
				{Number: 6, Text: "more"}}}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got, err := parseDiff(row.diff)
			require.NoError(t, err)
			assert.Equal(t, row.want, addedLines(got))
		})
	}
}

func TestParseDiff_refuses(t *testing.T) {
	const header = "diff --git a/x b/x\n--- a/x\n+++ b/x\n"
	const foreign = "--- x/.env\n+++ x/.env\n@@ -1 +1 @@\n-a\n+b\n"
	rows := []struct{ name, diff, want string }{
		{"what is no diff", "Dear reviewer,\nplease look.\n", "it changes no file"},
		{"a page instead of a patch", "<!DOCTYPE html>\n<title>Sign in</title>\n", "it changes no file"},
		{"a diff that was cut off", header + "@@ -1,3 +1,3 @@\n a\n+b\n", "miscounts lines"},
		{"lines that no header announces", header + "@@ -1 +1 @@\n-a\nb\n", "line 6"},
		{"changes of no file", "@@ -1 +1 @@\n-a\n+b\n", "without file header"},
		{"a file that git has not written", foreign, "diff --git"},
		{"such a file behind another", header + "@@ -1 +1 @@\n-a\n+b\n" + foreign, "diff --git"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			_, err := parseDiff(row.diff)
			assert.ErrorContains(t, err, row.want, "something could hide in it")
		})
	}
}

func TestTouched(t *testing.T) {
	const mode = "old mode 100644\nnew mode 100755\n"
	rows := []struct {
		name, diff string
		want       []File
	}{
		{"every file, in order", "diff --git a/y b/y\n" + mode + "diff --git a/a b/a\nnew file mode 100644\n",
			[]File{{Name: "a", New: true}, {Name: "y"}}},
		{"a file that is moved", "diff --git a/y b/x/y\nsimilarity index 100%\nrename from y\nrename to x/y\n",
			[]File{{Name: "x/y", New: true}, {Name: "y"}}},
		{"a file that is copied", "diff --git a/y b/x/y\nsimilarity index 100%\ncopy from y\ncopy to x/y\n",
			[]File{{Name: "x/y", New: true}}},
		{"a file that is gone", "diff --git a/y b/y\ndeleted file mode 100644\n", []File{{Name: "y"}}},
		{"a binary that is only named", "diff --git a/y b/y\nnew file mode 100644\n" +
			"Binary files /dev/null and b/y differ\n", []File{{Name: "y", New: true, Lost: true}}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			files, err := parseDiff(row.diff)
			require.NoError(t, err)
			assert.Equal(t, row.want, touched(files))
		})
	}
}
