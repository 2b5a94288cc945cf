package serve

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// workbook makes a small workbook with one chapter and moves into dir below it.
func workbook(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	root := t.TempDir()
	files["go.mod"] = "module example.com/copy\n"
	files["01-middleware/doc.go"] = "package middleware\n"
	for name, text := range files {
		path := filepath.Join(root, name)
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
	}
	require.NoError(t, os.MkdirAll(filepath.Join(root, dir), 0o755))
	t.Chdir(filepath.Join(root, dir))
}

const blankChain = "package middleware\n\n//workbook:exercise 1.5\nfunc Chain() {\n" +
	"\t// May need: \"net/http\"\n\tpanic(\"TODO 1.5 Chain\")\n}\n"

func TestCheckFinished(t *testing.T) {
	rows := []struct {
		name  string
		dir   string
		files map[string]string
		want  string // "" for no error
	}{
		{"a blank is named, from the root", ".", map[string]string{"01-middleware/chain.go": blankChain}, "1.5 Chain"},
		{"a blank is named, from final", "final", map[string]string{"01-middleware/chain.go": blankChain}, "1.5 Chain"},
		{"all blanks are named in one line", ".", map[string]string{
			"01-middleware/chain.go": blankChain,
			"03-tokens/issue.go":     "package tokens\n\n//workbook:exercise 3.1\nfunc (s S) Issue() {\n\tpanic(\"TODO 3.1 S.Issue\")\n}\n",
		}, "unfinished exercises: 1.5 Chain, 3.1 S.Issue — "},
		{"the order is that of the course", ".", map[string]string{
			"01-middleware/a.go": "package middleware\n\n//workbook:exercise 1.10\nfunc Last() {\n\tpanic(\"TODO 1.10 Last\")\n}\n",
			"01-middleware/b.go": "package middleware\n\n//workbook:exercise 1.2\nfunc First() {\n\tpanic(\"TODO 1.2 First\")\n}\n",
			"10-more/more.go":    "package more\n\n//workbook:exercise 10.1\nfunc More() {\n\tpanic(\"TODO 10.1 More\")\n}\n",
		}, "unfinished exercises: 1.2 First, 1.10 Last, 10.1 More — "},
		{"deeper in the course it is the tool that runs the server", ".workbook/server",
			map[string]string{"01-middleware/chain.go": blankChain}, ""},
		{"a finished tree starts", ".", map[string]string{"01-middleware/chain.go": "package middleware\n"}, ""},
		{"a table that is not written yet does not stop the server", ".",
			map[string]string{"01-middleware/chain_test.go": blankChain}, ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			workbook(t, row.dir, row.files)
			err := CheckFinished()
			if row.want == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, row.want)
			assert.NotContains(t, err.Error(), "\n")
		})
	}
}

func TestCheckFinished_saysNothingOutsideTheWorkbook(t *testing.T) {
	t.Chdir(t.TempDir())
	require.NoError(t, CheckFinished())
}
