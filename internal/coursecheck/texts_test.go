package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/go/packages"
)

// The catalogues have what the code says, and the code says nothing past them.
func TestTexts(t *testing.T) {
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	said, err := collectTexts(packages.Config{Context: t.Context(), Dir: root}, speaking...)
	require.NoError(t, err)
	require.Greater(t, len(said.texts), 500, "the walk must have seen the code")
	c, err := readCatalogues(filepath.Join(root, "internal", "text"), said.texts)
	require.NoError(t, err)
	assert.Empty(t, append(said.faults, c.problems()...))
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
	c, err := readCatalogues(dir, texts)
	require.NoError(t, err)
	assert.Equal(t, []string{
		"internal/text/messages.pot is not what the code says: go tool coursecheck texts --write",
		`ko.po: "%[2]s %[1]s" takes other arguments, or begins or ends otherwise, than "%d of %s"`,
	}, c.problems())
	lacking, idle := c.count()
	assert.Equal(t, [2]int{1, 1}, [2]int{lacking, idle})

	c.korean["%d of %s"] = "%[2]s %[1]d"
	require.NoError(t, c.write())
	again, err := readCatalogues(dir, texts)
	require.NoError(t, err)
	assert.Empty(t, again.problems())
	assert.Equal(t, "옛말", again.korean["old"], "a translation is never lost")
	assert.Contains(t, again.english, "#: a.go b.go\nmsgid \"%d of %s\"\nmsgstr \"\"\n")
	assert.Less(t, strings.Index(again.english, "%d of"), strings.Index(again.english, "new"))
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
