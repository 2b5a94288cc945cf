package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
)

// course is the repository: its chapters, and .workbook beside them.
type course struct {
	root  string // absolute
	names []string
}

// openCourse finds the course that dir lies in: the nearest folder upwards with a
// go.mod and chapters.
func openCourse(dir string) (*course, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			names, err := chapterNames(dir)
			if err == nil && len(names) == 0 {
				err = refuse("no chapter is here: "+dir+" has no folder such as 01-middleware", "go to the folder of the workbook")
			}
			return &course{root: dir, names: names}, err
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return nil, refuse("this is not a workbook: no go.mod here or above", "go to the folder of the workbook")
		}
		dir = parent
	}
}

// chapterNames returns the folders whose names begin with two digits.
func chapterNames(root string) ([]string, error) {
	entries, err := os.ReadDir(root)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() && regexp.MustCompile(`^\d\d-.`).MatchString(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// chapter is one numbered folder.
type chapter struct {
	number int
	name   string // "01-middleware"
	dir    string // absolute
	disk   tree   // its Go files as they are
	// reference is the finished chapter: what start saved, or the files as
	// they are while the chapter is not started.
	reference tree
	started   bool
	state     state
	// exercises are those of the reference, each at its place on disk.
	exercises []mark.Exercise
	// broken is why the files on disk can't be read: a syntax error, or a mark
	// that is gone. The exercises have their places in the reference then.
	broken error
}

// state is what start keeps beside the reference.
type state struct {
	Base     string `json:"base"`               // branch, "" without git
	Finished bool   `json:"finished,omitempty"` // only without git: a merge says it otherwise
}

// chapters reads every chapter.
func (c *course) chapters() ([]*chapter, error) {
	var all []*chapter
	for _, name := range c.names {
		ch, err := c.read(name)
		if err != nil {
			return nil, err
		}
		all = append(all, ch)
	}
	return all, nil
}

// chapter reads the chapter that the learner names: "1", "01" or its folder.
func (c *course) chapter(word string) (*chapter, error) {
	number, ok := parseChapter(word)
	for _, name := range c.names {
		if ok && atoi(name[:2]) == number || filepath.ToSlash(filepath.Clean(word)) == name {
			return c.read(name)
		}
	}
	return nil, usageError{fmt.Sprintf("there is no chapter %q; the chapters are %s", word, strings.Join(c.names, ", "))}
}

// exercise reads the exercise that the learner names, and its chapter.
func (c *course) exercise(word string) (*chapter, mark.Exercise, error) {
	want, ok := mark.ParseID(word)
	if !ok {
		return nil, mark.Exercise{}, usageError{fmt.Sprintf("%q is not an exercise; an exercise is a number such as 1.3", word)}
	}
	ch, err := c.chapter(fmt.Sprint(want.Chapter))
	if err != nil {
		return nil, mark.Exercise{}, err
	}
	e, ok := find(ch.exercises, want)
	if !ok {
		return nil, mark.Exercise{}, usageError{fmt.Sprintf("chapter %d has no exercise %s; %s", ch.number, want, ch.extent())}
	}
	return ch, e, nil
}

// extent says which exercises a chapter has.
func (ch *chapter) extent() string {
	if len(ch.exercises) == 0 {
		return "it has none"
	}
	return fmt.Sprintf("it has %s to %s", ch.exercises[0].ID, ch.exercises[len(ch.exercises)-1].ID)
}

// saved is the folder where start keeps what it needs of a chapter.
func (c *course) saved(name string, more ...string) string {
	return filepath.Join(slices.Concat([]string{c.root, ".workbook", name}, more)...)
}

// read reads one chapter and what is saved of it.
func (c *course) read(name string) (*chapter, error) {
	ch := &chapter{number: atoi(name[:2]), name: name, dir: filepath.Join(c.root, name)}
	var err error
	if ch.disk, err = readTree(ch.dir); err != nil {
		return nil, err
	}
	ch.reference = ch.disk
	if err := c.readState(ch); err != nil {
		return nil, err
	}
	ch.exercises, err = ch.reference.exercises()
	if err != nil {
		return nil, inFolder(ch, err)
	}
	if slices.ContainsFunc(ch.exercises, func(e mark.Exercise) bool { return e.Blank }) {
		return nil, c.referenceGone(ch)
	}
	if ch.started {
		ch.broken = inFolder(ch, ch.locate())
	}
	return ch, nil
}

// readState reads what start saved. state.json comes last there: without it
// nothing counts.
func (c *course) readState(ch *chapter) error {
	text, err := os.ReadFile(c.saved(ch.name, "state.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var s state
	if err := json.Unmarshal(text, &s); err != nil {
		return refuse(c.saved(ch.name, "state.json")+" is damaged: "+err.Error(), "git checkout HEAD -- .workbook")
	}
	ch.started, ch.state = true, s
	ch.reference, err = readTree(c.saved(ch.name, "reference"))
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(ch.reference) == 0 {
		return c.referenceGone(ch)
	}
	return err
}

// referenceGone is said of a chapter whose exercises are blank, and whose
// finished ones are nowhere.
func (c *course) referenceGone(ch *chapter) error {
	return refuse("what start saved of "+ch.name+" is gone: "+c.relative(c.saved(ch.name)),
		"git checkout HEAD -- .workbook/"+ch.name,
		"without git: copy that folder from another copy of your workbook, or "+ch.name+" from a new one")
}

// locate gives each exercise its text and place on disk.
func (ch *chapter) locate() error {
	found, err := ch.disk.exercises()
	if err != nil {
		return err
	}
	here := slices.Clone(ch.exercises)
	for i, e := range here {
		d, ok := find(found, e.ID)
		if !ok {
			return refuse(fmt.Sprintf("the mark of %s is gone from %s", e, e.File),
				fmt.Sprintf("put this line back above %s, as the last line of its comment: %s %s", e.Name, mark.Comment, e.ID),
				fmt.Sprintf("or take the whole file back: go tool workbook reset %s/%s", ch.name, e.File))
		}
		here[i] = d
	}
	ch.exercises = here
	return nil
}

// inFolder puts the chapter's folder in front of a file name in an error.
func inFolder(ch *chapter, err error) error {
	if err == nil {
		return nil
	}
	if r, ok := errors.AsType[refusal](err); ok {
		return r
	}
	return fmt.Errorf("%s/%w", ch.name, err)
}

// at is a place that a learner can click.
func (ch *chapter) at(e mark.Exercise) string {
	return fmt.Sprintf("%s/%s:%d", ch.name, e.File, e.Line)
}

// readTree reads the Go files of a folder. Ends of lines become LF, so that a
// checkout with CRLF is no other text; see save.go for the way back.
func readTree(dir string) (tree, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	t := tree{}
	for _, e := range entries {
		if !e.Type().IsRegular() || !isGoFile(e.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		t[e.Name()] = strings.ReplaceAll(string(text), "\r\n", "\n")
	}
	return t, nil
}

// isGoFile leaves out what the go command leaves out.
func isGoFile(name string) bool {
	return filepath.Ext(name) == ".go" && !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "_")
}
