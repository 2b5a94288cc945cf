package review

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ofClassmate is the workbook's own impostor of chapter 3, after some replacements: old
// text, new text. It lies outside the course.
func ofClassmate(t *testing.T, c *course.Course, replacements ...string) string {
	t.Helper()
	ch, e, err := c.Exercise("3.13")
	require.NoError(t, err)
	text := ch.Reference[e.File]
	for i := 0; i+1 < len(replacements); i += 2 {
		require.Contains(t, text, replacements[i])
		text = strings.Replace(text, replacements[i], replacements[i+1], 1)
	}
	path := filepath.Join(t.TempDir(), "sent.go")
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

func swapHere(ctx context.Context, a *fixture.Tool, path string) error {
	return Drill(ctx, a.Runner, a.UI, term.Arguments{Words: []string{path}, Flags: map[string]bool{"--swap": true}})
}

// Nothing of these is built, though the reader says yes.
func TestSwap_refuses(t *testing.T) {
	const head, clause, line = "package tokens\n", "return right(c)", "\trow: tell("
	for _, row := range []struct {
		name, old, with, want string
	}{
		{"a program", head, head + "import \"os/exec\"\n", "line 2: an impostor needs no other packages"},
		{"the network", head, head + "import \"net/http\"\n", "needs no other packages"},
		{"C", head, head + "// #include <stdlib.h>\nimport \"C\"\n", "needs no other packages"},
		{"memory", head, head + "import \"unsafe\"\n", "needs no other packages"},
		{"a package by another name", head, head + "import time \"os\"\n", "needs no other packages"},
		{"a harmless one by another name", head, head + "import . \"strings\"\n", "needs no other packages"},
		{"a directive", head, head + "//go:linkname a b\n", "line 2: the compiler obeys this comment"},
		{"one before the package", head, "//go:build linux\n\n" + head, "the compiler obeys"},
		{"an old one", head, "// +build linux\n\n" + head, "the compiler obeys"},
		{"one in the code", clause, "/*line x.go:1*/" + clause, "the compiler obeys"},
		{"one that moves the lines", clause, "\n//line x.go:1\n" + clause, "the compiler obeys"},
		{"init", head, head + "func init() {}\n", "line 2: something is declared besides the impostor"},
		{"a method", head, head + "func (answer) String() string { return \"\" }\n", "something is declared"},
		{"a second variable", head, head + "var x = tell(\"\")\n", "something is declared"},
		{"an empty declaration", head, head + "var ()\n", "something is declared"},
		{"a second impostor", head, head + "var other = impostor{}\n", "something is declared"},
		{"two in one declaration", head, head + "var (\n\ta = impostor{}\n\tb = 1\n)\n", "something is declared"},
		{"a goroutine", clause, "go right(c)\n" + clause, "starts no goroutine"},
		{"a goroutine of a timer", clause, "time.AfterFunc(0, nil)\n" + clause, "starts no goroutine"},
		{"what makes goroutines", head, head + "import \"sync\"\n", "needs no other packages"},
		{"the tables that judge it", clause, "accessScenarios = nil\n" + clause, "no use for accessScenarios"},
		{"a variable as the key of a map", clause, "_ = map[any]int{refreshTokenForm: 1}\n" + clause,
			"no use for refreshTokenForm"},
		{"the end of the process", clause, "TestMain(nil)\n" + clause, "no use for TestMain"},
		{"another function of the chapter", clause, "NewMemoryStore(nil)\n" + clause, "no use for NewMemoryStore"},
		{"a type with methods that do more", clause, "new(MemoryStore).Delete()\n" + clause, "no use for MemoryStore"},
		{"output", clause, "println(1)\n" + clause, "no use for println"},
		{"code in the row", "logIn(\"a\"),", "func() step { return logIn(\"a\") }(),", "a row has steps, and no code"},
		{"code beside the row", "\t},\n" + line, "\t}, " + line, "the row needs lines of its own"},
		{"no row", line, "\tother: tell(", "three fields"},
		{"no names of fields", "does: ", "", "three fields"},
		{"an order to the terminal", "it ends", "\x1b[2J it ends", "a terminal obeys, or does not show"},
		{"text that runs backwards", "it ends", "\u202eit ends", "a terminal obeys, or does not show"},
		{"no Go", head, "package\n", "it is no Go file"},
		{"no mark", "//workbook:exercise 3.13", "//", "it is no answer to an exercise"},
		{"another exercise", "3.13", "3.12", "it is no answer"},
		{"an exercise that is not there", "3.13", "9.9", "it is no answer"},
		{"another variable", "var ownImpostor", "var other", "it is no answer"},
		{"a long file", head, head + strings.Repeat("// much to read\n", 600), "at most 8192 bytes"},
	} {
		t.Run(row.name, func(t *testing.T) {
			a, out := fixture.OpenReal(t, "y\ny\n")
			err := swapHere(t.Context(), a, ofClassmate(t, a.Course, row.old, row.with))
			require.ErrorContains(t, err, row.want)
			assert.NotContains(t, out.String(), "[y/N]", "nobody is asked")
			assert.NotContains(t, out.String(), "\x1b")
			assert.NotContains(t, out.String(), "\u202e")
			assert.NotContains(t, out.String(), "you see it at the end", "what is refused is shown whole")
		})
	}
	a, _ := fixture.OpenReal(t, "y\n")
	assert.ErrorContains(t, swapHere(t.Context(), a, t.TempDir()), "is no file with one impostor")
	assert.ErrorContains(t, swapHere(t.Context(), a, filepath.Join(t.TempDir(), "x")), "there is no file")
}

// What is not confirmed is not built, and an input that ends is no yes.
func TestSwap_asksFirst(t *testing.T) {
	for _, input := range []string{"", "n\n", "\n"} {
		a, out := fixture.OpenReal(t, input)
		windows := ofClassmate(t, a.Course, "package", "\ufeffpackage", "package tokens\n", "package tokens\r\n")
		require.NoError(t, swapHere(t.Context(), a, windows))
		assert.Regexp(t, `\n\d+ {14}if c\.do == "logOut" && c\.bearer == "" {\n`, out.String())
		assert.NotContains(t, out.String(), "withCookieOnly", "the row comes last")
		assert.Contains(t, out.String(), "Nothing was built.")
	}
}

// A classmate's impostor meets the tables of a learner who has started chapter 3.
func TestSwap_meetsTheTables(t *testing.T) {
	fixture.SkipUnlessLong(t)
	whole := fixture.CopyReal(t)
	ch, err := whole.Course.Read("03-token-scenarios")
	require.NoError(t, err)
	require.NoError(t, fixture.Start(t.Context(), whole.Course, "3"))
	logOuts := ch.Reference["logout_scenarios_test.go"]
	row := "\ttell(\"by cookie\", logIn(\"a\"), logOut(\"a\").withCookieOnly(), me(\"a\").fails(\"INVALID_TOKEN\")),\n" +
		"}\n\nfunc"
	const known = "c.do == \"logOut\""
	for _, r := range []struct {
		name, table, input string // the table of 3.9
		change             []string
		want               []string
		err                string
	}{
		{"while the tables are blank", "", "y\nn\n", nil,
			[]string{"your table 3.9 logOutScenarios does not count", "None of your rows unmasks it", "it is new."}, ""},
		{"to a table that does not know it", logOuts, "y\ny\n", nil,
			[]string{"None of your rows unmasks it", "it is new.", "withCookieOnly"}, ""},
		{"to a table that does", strings.Replace(logOuts, "}\n\nfunc", row, 1), "y\n", nil,
			[]string{`unmasked by your row "by cookie"`, "it is new.", "withCookieOnly"}, ""},
		{"one that is not new", logOuts, "y\n", []string{known + " && c.bearer == \"\"", known},
			[]string{`unmasked by your row "nothing works after a log-out, and a second`, "own tables know it"}, ""},
		{"one that never ends", logOuts, "y\n", []string{"return right(c)", "for {\n}"}, nil,
			"it does not end: stopped after 3s"},
		{"one that does not compile", logOuts, "y\n", []string{"right(c)", "right(1)"}, nil,
			"it does not compile in your chapter"},
		{"one whose row is wrong", logOuts, "y\n", []string{"INVALID_TOKEN", "TOKEN_EXPIRED"}, nil,
			"this is no good impostor yet"},
	} {
		t.Run(r.name, func(t *testing.T) {
			a, out := fixture.Open(t, whole.Course.Root)
			a.UI = term.Pipe(strings.NewReader(r.input), out)
			a.Runner = &gorun.Runner{Course: a.Course, Out: a.UI, Limit: fixture.Limit}
			if strings.HasPrefix(r.err, "it does not end") {
				a.Runner.Limit = fixture.ShortLimit
			}
			path := filepath.Join(a.Course.Root, ch.Name, "logout_scenarios_test.go")
			blank, err := os.ReadFile(path)
			require.NoError(t, err)
			if r.table != "" {
				require.NoError(t, os.WriteFile(path, []byte(r.table), 0o600))
				defer func() { assert.NoError(t, os.WriteFile(path, blank, 0o600)) }()
			}
			before, err := course.ReadTree(filepath.Dir(path))
			require.NoError(t, err)
			err = swapHere(t.Context(), a, ofClassmate(t, a.Course, r.change...))
			if r.err != "" {
				require.ErrorContains(t, err, r.err)
			} else {
				require.NoError(t, err)
			}
			for _, want := range r.want {
				assert.Contains(t, out.String(), want)
			}
			after, err := course.ReadTree(filepath.Dir(path))
			require.NoError(t, err)
			assert.Equal(t, before, after, "nothing of it comes into the learner's tree")
		})
	}
}
