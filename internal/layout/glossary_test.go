package layout

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// entry is a line of docs/glossary.tsv.
type entry struct {
	term, korean string
	not          []string // spellings that stand for the term elsewhere, and not here
}

func glossary(t *testing.T) []entry {
	t.Helper()
	var all []entry
	lines := strings.Split(strings.TrimSpace(readFile(t, filepath.Join(root, "docs/glossary.tsv"))), "\n")
	for _, line := range lines[1:] {
		cells := strings.Split(line, "\t")
		require.Len(t, cells, 5, line)
		e := entry{term: cells[0], korean: cells[1]}
		if cells[2] != "" {
			e.not = strings.Split(cells[2], ", ")
		}
		all = append(all, e)
	}
	require.Greater(t, len(all), 150)
	return all
}

// One word for a term, and one term for a word.
func TestGlossary_isOneToOne(t *testing.T) {
	terms, words := map[string]string{}, map[string]string{}
	before := ""
	for _, e := range glossary(t) {
		assert.Empty(t, terms[e.term], "%s stands twice", e.term)
		assert.Empty(t, words[e.korean], "%s stands for %s too", e.korean, e.term)
		terms[e.term], words[e.korean] = e.term, e.term
		assert.Less(t, before, strings.ToLower(e.term), "the terms are in order")
		before = strings.ToLower(e.term)
	}
}

// korean is what has Korean text that people read.
var korean = regexp.MustCompile(`\.(md|po|js|json|html|svg|txt|diff|mmd)$`)

// Nobody reads one term under two names.
func TestGlossary_holdsAllKoreanText(t *testing.T) {
	words := glossary(t)
	files := 0
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != "." && strings.HasPrefix(d.Name(), ".") {
			return fs.SkipDir
		}
		if d.IsDir() || !korean.MatchString(name) {
			return nil
		}
		files++
		text := readFile(t, filepath.Join(root, name))
		for _, e := range words {
			for _, word := range e.not {
				assert.False(t, strings.Contains(text, word), "%s says %s; %s is %s here", name, word, e.term, e.korean)
			}
		}
		return nil
	})
	require.NoError(t, err)
	require.Greater(t, files, 50)
}

// glossed is a term of the notes with its Korean word behind it: "*segments* (세그먼트)".
var glossed = regexp.MustCompile(`\*([A-Za-z][A-Za-z -]*)\*s? \(([^)]*\p{Hangul}[^)]*)\)`)

// A term is in the glossary, and its word in the notes is that of the glossary.
func TestGlossary_holdsTheTermsOfTheNotes(t *testing.T) {
	all := glossary(t)
	eachNotes(t, "terms", func(chapter, notes string) bool {
		found := glossed.FindAllStringSubmatch(notes, -1)
		for _, m := range found {
			i := slices.IndexFunc(all, func(e entry) bool { return e.names(m[1]) })
			if assert.GreaterOrEqual(t, i, 0, "%s: the glossary has no %q", chapter, m[1]) {
				assert.True(t, all[i].says(m[2]), "%s: %s is %s, and the notes say %s", chapter, m[1], all[i].korean, m[2])
			}
		}
		return len(found) > 5
	})
}

// introduced is a term of a Korean page with the English one behind it: "*세그먼트*(segment)".
var introduced = regexp.MustCompile(`\*([^*\n]*\p{Hangul})\*\(([A-Za-z][A-Za-z -]*)[^)]*\)`)

// The Korean notes call a term what the glossary calls it. A verb is in another form there.
func TestGlossary_holdsTheTermsOfTheTwins(t *testing.T) {
	all := glossary(t)
	pages, err := filepath.Glob(filepath.Join(root, "0*", "README.ko.md"))
	require.NoError(t, err)
	found := 0
	for _, page := range pages {
		for _, m := range introduced.FindAllStringSubmatch(readFile(t, page), -1) {
			i := slices.IndexFunc(all, func(e entry) bool { return e.names(m[2]) })
			if i < 0 || strings.HasSuffix(m[1], "다") {
				continue
			}
			found++
			assert.True(t, all[i].says(m[1]), "%s: %s is %s, and it says %s", page, m[2], all[i].korean, m[1])
		}
	}
	require.Greater(t, found, 100)
}

// names reports whether a word of the notes, perhaps one of several, is the term.
func (e entry) names(word string) bool {
	term, short, _ := strings.Cut(strings.ToLower(strings.TrimSuffix(e.term, ")")), " (")
	word = strings.ToLower(word)
	return word == term || word == short || word == term+"s" || word == term+"es" || word == term+"d"
}

// says reports whether the Korean word is in a bracket of the notes, beside a short form
// or an RFC.
func (e entry) says(bracket string) bool {
	short, long, _ := strings.Cut(strings.TrimSuffix(e.korean, ")"), "(")
	words := strings.FieldsFunc(bracket, func(r rune) bool { return strings.ContainsRune(",;:", r) })
	return slices.ContainsFunc(words, func(w string) bool {
		w = strings.TrimSpace(w)
		return w == short || w == long
	})
}
