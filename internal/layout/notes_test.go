package layout

import (
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// How much the notes of a chapter may ask of a reader. Prose is what is left
// without code, tables, comments and folds.
const (
	maxProse = 2800 // words of a chapter
	maxStep  = 60   // lines of an exercise's section, of prose and tables
	maxWait  = 600  // words of chapter 01 before something is seen live
)

// The parts of notes that are no prose.
var (
	fenced   = regexp.MustCompile("(?ms)^```.*?^```$")
	comments = regexp.MustCompile(`(?s)<!--.*?-->`)
	folds    = regexp.MustCompile(`(?s)<details>.*?</details>`)
	tables   = regexp.MustCompile(`(?m)^\|.*$`)
)

// without returns a text without some parts.
func without(text string, parts ...*regexp.Regexp) string {
	for _, p := range parts {
		text = p.ReplaceAllString(text, "")
	}
	return text
}

// proseOf returns the words of a text that a reader reads one by one.
func proseOf(notes string) []string {
	return strings.Fields(without(notes, fenced, comments, folds, tables))
}

// eachNotes asks of the notes of each chapter whether they keep a rule.
func eachNotes(t *testing.T, rule string, kept func(chapter, notes string) bool) {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(root, "0[1-9]-*", "README.md"))
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	for _, path := range paths {
		chapter := filepath.Base(filepath.Dir(path))
		assert.True(t, kept(chapter, readFile(t, path)), "%s/README.md: %s", chapter, rule)
	}
}

func TestNotes_areShort(t *testing.T) {
	eachNotes(t, "prose", func(chapter, notes string) bool {
		words := len(proseOf(notes))
		t.Logf("%s: %d words of prose, at most %d", chapter, words, maxProse)
		return words <= maxProse
	})
}

// A section begins with a heading such as "### 1.4 Chain", and ends before the next one.
var step = regexp.MustCompile(`(?m)^###? (\d+\.\d+) `)

func TestNotes_haveShortSteps(t *testing.T) {
	eachNotes(t, "steps", func(chapter, notes string) bool {
		short := true
		text := without(notes, fenced, comments, folds)
		for part := range strings.SplitSeq(text, "\n#") {
			if m := step.FindStringSubmatch("#" + part); m != nil {
				lines := len(strings.FieldsFunc(part, func(r rune) bool { return r == '\n' }))
				assert.LessOrEqual(t, lines, maxStep, "lines of %s in %s", m[1], chapter)
				short = short && lines <= maxStep
			}
		}
		return short
	})
}

func TestNotes_beginLive(t *testing.T) {
	eachNotes(t, "first live sight", func(chapter, notes string) bool {
		if chapter != "01-middleware" {
			return true
		}
		before, _, live := strings.Cut(notes, "<!-- output server")
		words := len(proseOf(before))
		t.Logf("%s: %d words before something is seen live, at most %d", chapter, words, maxWait)
		return live && words <= maxWait
	})
}

// The minutes of an exercise stand in docs/curriculum.md, and the chapter's table
// repeats them.
func TestNotes_tellTheMinutes(t *testing.T) {
	inCurriculum := regexp.MustCompile(`(?m)^\| (\d+\.\d+) .*\| (\d+) \| [^|]*\|$`)
	inNotes := regexp.MustCompile(`(?m)^\| \[(\d+\.\d+)\]\(#.*\| (\d+) \|$`)
	text := readFile(t, filepath.Join(root, "docs/curriculum.md"))
	curriculum := columns(inCurriculum.FindAllStringSubmatch(text, -1))
	require.NotEmpty(t, curriculum)
	eachNotes(t, "minutes", func(chapter, notes string) bool {
		number := strings.TrimLeft(chapter[:2], "0") + "."
		isOther := func(line string) bool { return !strings.HasPrefix(line, number) }
		want := slices.DeleteFunc(slices.Clone(curriculum), isOther)
		return slices.Equal(want, columns(inNotes.FindAllStringSubmatch(notes, -1)))
	})
}
