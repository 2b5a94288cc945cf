package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
)

// The catalogues have what the code says, and the code says nothing past them.
func TestTexts(t *testing.T) {
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	said, err := collectTexts(packages.Config{Context: t.Context(), Dir: root}, speaking...)
	require.NoError(t, err)
	require.Greater(t, len(said.texts), 500, "the walk must have seen the code")
	assert.Empty(t, said.faults)
	real, err := course.Open(root)
	require.NoError(t, err)
	chapters, err := real.Chapters()
	require.NoError(t, err)
	all, err := cataloguesOf(root, said.texts, chapters)
	require.NoError(t, err)
	require.Greater(t, len(all[1].texts), 500, "the walk must have seen the tests")
	require.Greater(t, len(all[2].texts), 50, "the walk must have seen the exercises")
	require.Greater(t, len(all[3].texts), 100, "the walk must have seen the server")
	for _, c := range all {
		c, err := c.read()
		require.NoError(t, err)
		problems, err := c.problems()
		require.NoError(t, err)
		assert.Empty(t, problems)
	}
}

// What a red row says is collected by its form.
func TestSaidIn(t *testing.T) {
	root := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(root, "01-x"), 0o755))
	const code = `package x
func f() {
	rows := []row{{name: "a name of a row", why: "it says " + "why it is so", in: "data of a row"}}
	assert.Equal(t, "what is wanted", got, "the body of %s", x)
	require.NoError(t, err, "nothing may fail")
	t.Fatalf("no answer in %d ms", 3)
	scenario.Flaw("a-name", "two times", "it was late", "A project did it.")
	t.Run("a name of a test", nil)
	long := []impostor{{"a-name", "order", "it came too late", "data of it"}}
	told(t, "not this one", "it is told")
	assert.Fail(t, fmt.Sprintf("expected %s, got %s", a, b), why)
	return scenario.Differ("success", got, "it is turned away")
}
type impostor struct{ name, differs, flaw, data string }
func told(t *testing.T, of, why string) { why = fmt.Sprintf("%s; it is so", why) }
`
	require.NoError(t, os.WriteFile(filepath.Join(root, "01-x", "x_test.go"), []byte(code), 0o600))
	texts, err := saidIn(root)
	require.NoError(t, err)
	for _, phrase := range slices.Concat(text.Testify, text.Go) {
		delete(texts, phrase)
	}
	assert.ElementsMatch(t, []string{"it says why it is so", "the body of %s", "nothing may fail", "no answer in %d ms",
		"two times", "it was late", "A project did it.", "order", "it came too late", "it is told", "expected %s, got %s",
		"success", "it is turned away", "%s; it is so"}, slices.Collect(maps.Keys(texts)))
}

func TestCollectTexts(t *testing.T) {
	const code = `package term

import (
	"fmt"

	"example.com/authbook/internal/text"
)

const half = "two "

var named = map[string]text.Key{"x": "a text in a table"}

func say(u *UI, name string) {
	u.Say(half + "three %s", name)
	u.Label("go on", "go tool workbook check "+name)
	fmt.Fprintln(u.Out, "past the catalogue")
	u.Say(text.Key("glued " + name))
	u.Say("%s and %s", name)
	u.Tell("one %s", name, name)
	u.Say("%s", text.N(2, "%d thing", "%d things of %s"))
	u.Note("%d%%", 7)
}
`
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	file := filepath.Join(root, "internal", "workbook", "term", "overlaid.go")
	c, err := collectTexts(packages.Config{Context: t.Context(), Dir: root,
		Overlay: map[string][]byte{file: []byte(code)}}, "./internal/workbook/term")
	require.NoError(t, err)
	for _, english := range []string{"two three %s", "go on", "a text in a table", "%d thing"} {
		assert.Equal(t, []string{"internal/workbook/term/overlaid.go"}, c.texts[english], english)
	}
	assert.NotContains(t, c.texts, "%s", "what has no words needs no Korean")
	at := "internal/workbook/term/overlaid.go:"
	assert.Equal(t, []string{
		at + `16: "past the catalogue" has words that no catalogue knows: say it with text.T, or as a constant text.Key`,
		at + `17: a text must be a constant, else no catalogue has it`,
		at + `18: "%s and %s" wants an argument 2`,
		at + `19: "one %s" has no place for argument 2`,
		at + `20: "%d things of %s" wants an argument 2`,
	}, c.faults)
}

func TestCatalogues(t *testing.T) {
	dir := t.TempDir()
	texts := map[string][]string{"%d of %s": {"b.go", "a.go"}, "new": {"a.go"}}
	po := "msgid \"%d of %s\"\nmsgstr \"%[2]s %[1]s\"\n\nmsgid \"old\"\nmsgstr \"옛말\"\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "ko.po"), []byte(po), 0o644))
	c, err := catalogues{dir: dir, texts: texts, english: "messages.pot", korean: "ko.po"}.read()
	require.NoError(t, err)
	problems, err := c.problems()
	require.NoError(t, err)
	assert.Equal(t, []string{
		"internal/text/messages.pot is not what the code says: go tool coursecheck texts --write",
		`ko.po: "new" lacks Korean; --write puts it in, for you to translate`,
		`ko.po: "%[2]s %[1]s" takes other arguments, or begins or ends otherwise, than "%d of %s"`,
	}, problems)
	lacking, idle := c.count()
	assert.Equal(t, [2]int{1, 1}, [2]int{lacking, idle})

	c.translated["%d of %s"], c.translated["new"] = "%[2]s %[1]d", "새말"
	require.NoError(t, c.write())
	again, err := c.read()
	require.NoError(t, err)
	problems, err = again.problems()
	require.NoError(t, err)
	assert.Empty(t, problems)
	assert.Equal(t, "옛말", again.translated["old"], "a translation is never lost")
	english, err := os.ReadFile(filepath.Join(dir, "messages.pot"))
	require.NoError(t, err)
	assert.Contains(t, string(english), "#: a.go b.go\nmsgid \"%d of %s\"\nmsgstr \"\"\n")
	assert.Less(t, strings.Index(string(english), "%d of"), strings.Index(string(english), "new"))
}

func TestFits(t *testing.T) {
	for _, row := range []struct {
		name, english, korean string
		want                  bool
	}{
		{"another order", "%d of %s", "%[2]s %[1]d", true},
		{"an argument is lost", "%d of %s", "%d", false},
		{"another verb", "%d", "%s", false},
		{"widths do not count", "%-5s %2d", "%s %d", true},
		{"a width is an argument", "%*s", "%s", false},
		{"a percent sign is none", "5% of %d%%", "5% %d%%", true},
		{"a line is indented", "  two", "둘", false},
		{"a line ends", "two\n", "둘", false},
	} {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.want, fits(row.english, row.korean))
		})
	}
}

func TestMisfits(t *testing.T) {
	for _, row := range []struct{ name, english, korean, want string }{
		{"it says the same", "%d rows of `a`, three of them green", "`a`의 케이스 %d개 가운데 셋이 통과", ""},
		{"a particle that fits any value", "wants %q", "%q{을/를} 원합니다", ""},
		{"a particle that fits some values", "wants %q", "%q를 원합니다", "has a particle behind a value"},
		{"a word that begins like one", "%s of it", "%s 가운데", ""},
		{"another number", "3 rows", "케이스 4개", "number is missing: 3"},
		{"a code that is gone", "run `go vet`", "실행하세요", "code is missing: `go vet`"},
		{"a sentence that is gone", "Stop. Look.", "멈추세요.", "sentence: 1 here, 2 in English"},
	} {
		t.Run(row.name, func(t *testing.T) {
			all := strings.Join(misfits(row.english, row.korean), "\n")
			if row.want == "" {
				assert.Empty(t, all)
			}
			assert.Contains(t, all, row.want)
		})
	}
}

func TestCatalogues_refuseFuzzy(t *testing.T) {
	dir := t.TempDir()
	po := "\n#, fuzzy\nmsgid \"one\"\nmsgstr \"하나\"\n"
	require.NoError(t, os.WriteFile(filepath.Join(dir, "ko.po"), []byte(po), 0o600))
	_, err := catalogues{dir: dir, korean: "ko.po"}.read()
	assert.ErrorContains(t, err, "fuzzy is no translation")
}

func TestWithoutCommands(t *testing.T) {
	for words, want := range map[string]string{
		"go tool workbook check 1":          "",
		"git switch x   is started":         "is started",
		"go on":                             "go on",
		"go tool workbook run":              "",
		"a sentence\n  git add a && commit": "a sentence\n",
		"git does not know it":              "git does not know it",
	} {
		assert.Equal(t, want, withoutCommands(words), words)
	}
}
