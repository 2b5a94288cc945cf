package course

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestChapter_KoreanAnswers(t *testing.T) {
	root := t.TempDir()
	const rest = "\n\nFails:\n  - TestF\n\n@@\n-\ta()\n+\tb()\n"
	b := WrongAnswer{Wrong: "b.", Hint: "B."}.source()
	c := WrongAnswer{Wrong: "c.", Hint: "B."}.source()
	page := "1.1-b of " + b + "\nWrong: 비.\nHint: 빈.\n\n1.1-c of " + c + "\nWrong: 시.\nHint: 빈.\n"
	write := func(name, text string) {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(root, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(root, name), []byte(text), 0o600))
	}
	write("go.mod", "module x\n")
	write("01-x/doc.go", "package x\n\n//workbook:exercise 1.1\nfunc F() {\n\ta()\n}\n")
	write("01-x/testdata/wrong/1.1-b.diff", "Wrong: b.\n\nHint: B."+rest)
	write("01-x/testdata/wrong/1.1-c.diff", "Wrong: c.\n\nHint: B."+rest)
	for _, row := range []struct{ name, old, new, want string }{
		{"it says the same", "", "", ""},
		{"it was translated anew", b, "new", "1.1-b is out of date"},
		{"one is missing", "1.1-c of", "1.1-d of", "1.1-c has no Korean"},
		{"one is of nothing", "1.1-c of", "1.1-d of", "1.1-d is no wrong answer"},
		{"one stands twice", "1.1-c of", "1.1-b of", "1.1-b stands twice"},
		{"one lacks its hint", "\nHint: 빈.\n\n", "\n\n", `"1.1-b of`},
		{"one hint is two", "시.\nHint: 빈.", "시.\nHint: 밥.", "1.1-c: the same hint is another elsewhere"},
		{"it says otherwise", "비.", "비 7.", "1.1-b: b. is not 비 7."},
	} {
		t.Run(row.name, func(t *testing.T) {
			write("01-x/testdata/wrong.ko.txt", strings.Replace(page, row.old, row.new, 1))
			course, err := Open(root)
			require.NoError(t, err)
			ch, err := course.Chapter("1")
			require.NoError(t, err)
			now, problems, err := ch.KoreanAnswers(func(english, korean string) []string {
				if strings.Contains(korean, "7") {
					return []string{english + " is not " + korean}
				}
				return nil
			})
			require.NoError(t, err)
			assert.Contains(t, strings.Join(problems, "\n"), row.want)
			if row.want == "" {
				assert.Empty(t, problems)
				assert.Equal(t, page, now)
			}
			assert.NotContains(t, now, "of new", "--write puts the fingerprint there")
		})
	}
}
