package course

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/term"
)

// Course is the repository: its chapters, and .workbook beside them.
type Course struct {
	text.Language // that it speaks

	Root  string // absolute
	Names []string
}

// Open finds the course that dir lies in: the nearest folder upwards with a
// go.mod and chapters.
func Open(dir string) (*Course, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	root, ok := mark.Root(dir)
	if !ok {
		what := text.T("this is not a workbook: no go.mod here or above")
		if module, ok := moduleOf(dir); ok {
			what = text.T("no chapter is here: %s has no folder such as 01-middleware", module)
		}
		return nil, term.Refuse(what, text.T("go to the folder of the workbook"))
	}
	names, err := chapterNames(root)
	return &Course{Language: text.Current(), Root: root, Names: names}, err
}

// moduleOf returns the nearest folder upwards with a go.mod.
func moduleOf(dir string) (string, bool) {
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
		return dir, true
	}
	if above := filepath.Dir(dir); above != dir {
		return moduleOf(above)
	}
	return "", false
}

// chapterNames returns the folders of the chapters, in their order.
func chapterNames(root string) ([]string, error) {
	files := os.DirFS(root)
	names, err := fs.Glob(files, mark.Chapters)
	return slices.DeleteFunc(names, func(name string) bool {
		info, err := fs.Stat(files, name)
		return err != nil || !info.IsDir()
	}), err
}

// In is the course in another language.
func (c *Course) In(l text.Language) *Course {
	other := *c
	other.Language = l
	return &other
}

// Chapters reads every chapter.
func (c *Course) Chapters() ([]*Chapter, error) {
	var all []*Chapter
	for _, name := range c.Names {
		ch, err := c.Read(name)
		if err != nil {
			return nil, err
		}
		all = append(all, ch)
	}
	return all, nil
}

// Chapter reads the chapter that the learner names: "1", "01" or its folder.
func (c *Course) Chapter(word string) (*Chapter, error) {
	number, ok := parseChapter(word)
	for _, name := range c.Names {
		if ok && Atoi(name[:2]) == number || filepath.ToSlash(filepath.Clean(word)) == name {
			return c.Read(name)
		}
	}
	return nil, term.UsageError{Text: c.T("there is no chapter %q; the chapters are %s", word,
		strings.Join(c.Names, ", "))}
}

// Exercise reads the exercise that the learner names, and its chapter.
func (c *Course) Exercise(word string) (*Chapter, mark.Exercise, error) {
	want, ok := mark.ParseID(word)
	if !ok {
		return nil, mark.Exercise{}, term.UsageError{
			Text: c.T("%q is not an exercise; an exercise is a number such as 1.3", word)}
	}
	ch, err := c.Chapter(fmt.Sprint(want.Chapter))
	if err != nil {
		return nil, mark.Exercise{}, err
	}
	e, ok := Find(ch.Exercises, want)
	if !ok {
		return nil, mark.Exercise{}, term.UsageError{Text: ch.lacks(want)}
	}
	return ch, e, nil
}

// Saved is the folder where start keeps what it needs of a chapter.
func (c *Course) Saved(name string, more ...string) string {
	return filepath.Join(slices.Concat([]string{c.Root, ".workbook", name}, more)...)
}

// Relative is a path as it is told: short, and with / on every system.
func (c *Course) Relative(path string) string {
	if rel, err := filepath.Rel(c.Root, path); err == nil {
		path = rel
	}
	return filepath.ToSlash(path)
}

// Read reads one chapter and what is saved of it.
func (c *Course) Read(name string) (*Chapter, error) {
	ch := &Chapter{Language: c.Language, Number: Atoi(name[:2]), Name: name, Dir: filepath.Join(c.Root, name)}
	var err error
	if ch.Disk, err = ReadTree(ch.Dir); err != nil {
		return nil, err
	}
	ch.Reference = ch.Disk
	if err := c.readState(ch); err != nil {
		return nil, err
	}
	ch.Exercises, err = ch.Reference.Exercises()
	if err != nil {
		return nil, InFolder(ch, err)
	}
	if slices.ContainsFunc(ch.Exercises, func(e mark.Exercise) bool { return e.Blank }) {
		return nil, c.referenceGone(ch)
	}
	if ch.Started {
		ch.Broken = InFolder(ch, ch.locate())
	}
	return ch, nil
}

var chapterForm = regexp.MustCompile(`^\d{1,2}$`)

// parseChapter reads "1" and "01".
func parseChapter(text string) (int, bool) {
	if !chapterForm.MatchString(text) {
		return 0, false
	}
	return Atoi(text), true
}

// Atoi is for digits that a pattern has checked.
func Atoi(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
