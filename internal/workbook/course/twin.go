package course

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"example.com/authbook/internal/text"
)

// Page reads a page of a chapter in its language, and "" if there is none.
// Where the Korean twin is missing the English page serves.
func (ch *Chapter) Page(name string) (string, error) { return pageIn(ch.Language, ch.Dir, name) }

// Page is [Chapter.Page] for a page that belongs to no chapter, seen from the root.
func (c *Course) Page(name string) (string, error) { return pageIn(c.Language, c.Root, name) }

func pageIn(in text.Language, dir, name string) (string, error) {
	if in == text.Korean {
		page, err := readPage(dir, twinOf(name))
		if page != "" || err != nil {
			return twinComment.ReplaceAllString(page, ""), err
		}
	}
	return readPage(dir, name)
}

// twinOf is where the Korean twin of a page is: README.ko.md is beside README.md, and
// those of ../docs are in ../docs/ko.
func twinOf(name string) string {
	if page, ok := strings.CutPrefix(name, "../docs/"); ok {
		return "../docs/ko/" + page
	}
	return strings.TrimSuffix(name, ".md") + ".ko.md"
}

// twinComment is the line below a heading of a twin that says of which English it is.
var twinComment = regexp.MustCompile(`(?m)^<!-- of: \S+ -->\n`)

// StaleMark begins the line that tells readers of a twin that its English has changed.
const StaleMark = "> **이전 번역**"

var staleLine = regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(StaleMark) + `.*\n`)

// WithoutStale is a page without those lines, where a program reads it.
func WithoutStale(page string) string { return staleLine.ReplaceAllString(page, "") }

func readPage(dir, name string) (string, error) {
	page, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(name)))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	return strings.ReplaceAll(string(page), "\r\n", "\n"), nil
}

// The titles by which notes and their twins mark what belongs to an exercise.
const (
	hintTitle    = `(?:Hint|힌트)`
	greenTitle   = `(?:When it is green|통과한 뒤)`
	endingTitle  = `(?:When the chapter is green|챕터를 마치면)`
	seeTitle     = `See it|직접 보기`
	whyTitle     = `Why so|이유`
	anotherTitle = `Another way|다른 방법`
	nextTitle    = `(?:Next|다음)`
)
