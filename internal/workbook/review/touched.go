package review

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/vcs"
)

// touched is what a pull request changes besides the exercises.
type touched struct {
	course.Changed
	hooks  []hook
	others []other
	vcs.PullRequest
}

// other is a file that is no Go file of the chapter: notes, a fixture, a script,
// a program, or something outside.
type other struct {
	name, where string
	kind        string // what there is to say of it, "" if nothing
	heavy       bool   // a binary, or so large that nobody reads it
}

func (o other) String() string {
	return o.name + ": " + o.where + orEmpty(o.kind != "", ", %s", o.kind)
}

// aMegabyte is more than a reader reads.
const aMegabyte = 1 << 20

// readTouched sorts what a pull request changes. Forged are files that are not as
// the release has them, or as start left them.
func readTouched(c *course.Course, ch *course.Chapter, forged []string, pull vcs.PullRequest) (touched, error) {
	t := touched{PullRequest: pull}
	var err error
	if t.Changed, err = ch.Changes(); err != nil {
		return t, err
	}
	t.Guards = slices.Clone(forged)
	for _, f := range pull.Files {
		switch {
		case guards(f, ch):
			t.Guards = append(t.Guards, f.Name)
		case path.Dir(f.Name) == ch.Name && course.IsGoFile(path.Base(f.Name)), isSaved(f.Name, ch): // told elsewhere
		default:
			t.others = append(t.others, describe(c.Root, ch, f))
		}
	}
	slices.Sort(t.Guards)
	t.Guards = slices.Compact(t.Guards)
	t.hooks = hooksOf(ch)
	return t, nil
}

// guards reports whether a file that a pull request touches decides what is checked.
// A patch against the whole workbook brings the start of its chapter along.
func guards(f vcs.File, ch *course.Chapter) bool {
	if strings.HasPrefix(f.Name, ".workbook/") {
		return !isSaved(f.Name, ch) || !f.New
	}
	return course.Guards(f.Name) || course.IsTestData(f.Name, ch.Name) && !f.New
}

func isSaved(name string, ch *course.Chapter) bool {
	return strings.HasPrefix(name, ".workbook/"+ch.Name+"/")
}

// describe says what a file is.
func describe(root string, ch *course.Chapter, f vcs.File) other {
	o := other{name: f.Name, where: text.T("outside the chapter")}
	if strings.HasPrefix(f.Name, ch.Name+"/") {
		o.where = text.T("beside the chapter's Go files")
	}
	size, binary, err := look(root, f.Name)
	switch {
	case f.Lost:
		o.kind, o.heavy = text.T("a binary that the patch does not hold (git diff --binary does)"), true
	case err != nil:
		o.kind = text.T("and it is gone")
	case binary:
		o.kind, o.heavy = text.T("a binary of %s", inWords(size)), true
	case size > aMegabyte:
		o.kind, o.heavy = text.T("%s of text", inWords(size)), true
	}
	return o
}

// look returns the size of a file, and whether its beginning is no text. It never
// follows a link out of the course.
func look(dir, name string) (size int64, binary bool, err error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return 0, false, err
	}
	defer root.Close()
	info, err := root.Lstat(name)
	if err != nil || info.Mode().Type() == fs.ModeSymlink {
		return 0, false, err
	}
	file, err := root.Open(name)
	if err != nil {
		return 0, false, err
	}
	defer file.Close()
	start, err := io.ReadAll(io.LimitReader(file, 8000)) // as many as git looks at
	return info.Size(), bytes.IndexByte(start, 0) >= 0, err
}

func inWords(size int64) string {
	if size < aMegabyte {
		return fmt.Sprintf("%d kB", (size+1023)>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(size)/aMegabyte)
}
