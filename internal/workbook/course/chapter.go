package course

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/term"
)

// Chapter is one numbered folder.
type Chapter struct {
	text.Language // that it speaks

	Number int
	Name   string // "01-middleware"
	Dir    string // absolute
	Disk   Tree   // its Go files as they are
	// reference is the finished chapter: what start saved, or the files as
	// they are while the chapter is not started.
	Reference Tree
	Started   bool
	State     State
	// exercises are those of the reference, each at its place on disk.
	Exercises []mark.Exercise
	// broken is why the files on disk can't be read: a syntax error, or a mark
	// that is gone. The exercises have their places in the reference then.
	Broken error
}

// State is what start keeps beside the reference.
type State struct {
	Base     string `json:"base"`               // branch, "" without git
	Finished bool   `json:"finished,omitempty"` // only without git: a merge says it otherwise
}

// readState reads what start saved. state.json comes last there: without it
// nothing counts.
func (c *Course) readState(ch *Chapter) error {
	saved, err := os.ReadFile(c.Saved(ch.Name, "state.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var s State
	if err := json.Unmarshal(saved, &s); err != nil {
		return term.Refuse(c.T("%s is damaged: %v", c.Saved(ch.Name, "state.json"), err),
			"git checkout HEAD -- .workbook")
	}
	ch.Started, ch.State = true, s
	ch.Reference, err = ReadTree(c.Saved(ch.Name, "reference"))
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(ch.Reference) == 0 {
		return c.referenceGone(ch)
	}
	return err
}

// WriteState writes what start keeps beside the reference.
func (c *Course) WriteState(ch *Chapter, s State) error {
	text, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return c.Write(c.Saved(ch.Name, "state.json"), string(text)+"\n")
}

// referenceGone is said of a chapter whose exercises are blank, and whose
// finished ones are nowhere.
func (c *Course) referenceGone(ch *Chapter) error {
	return term.Refuse(c.T("what start saved of %s is gone: %s", ch.Name, c.Relative(c.Saved(ch.Name))),
		"git checkout HEAD -- .workbook/"+ch.Name,
		c.T("without git: copy that folder from another copy of your workbook, or %s from a new one", ch.Name))
}

// lacks says that a chapter has no such exercise, and which it has.
func (ch *Chapter) lacks(id mark.ID) string {
	if len(ch.Exercises) == 0 {
		return ch.T("chapter %d has no exercise %s; it has none", ch.Number, id)
	}
	return ch.T("chapter %d has no exercise %s; it has %s to %s", ch.Number, id, ch.Exercises[0].ID,
		ch.Exercises[len(ch.Exercises)-1].ID)
}

// locate gives each exercise its text and place on disk.
func (ch *Chapter) locate() error {
	found, err := ch.Disk.Exercises()
	if err != nil {
		return err
	}
	here := slices.Clone(ch.Exercises)
	for i, e := range here {
		d, ok := Find(found, e.ID)
		if !ok && ch.Disk[e.File] == "" {
			return term.Refuse(ch.T("%s is gone, and %s with it", ch.Path(e.File), e),
				"go tool workbook reset "+ch.Path(e.File))
		}
		if !ok {
			return term.Refuse(ch.T("the mark of %s is gone from %s", e, e.File),
				ch.T("put this line back above %s, as the last line of its comment: %s %s", e.Name,
					mark.Comment, e.ID),
				ch.T("or take the whole file back: go tool workbook reset %s/%s", ch.Name, e.File))
		}
		here[i] = d
	}
	ch.Exercises = here
	return nil
}

// InFolder puts the chapter's folder in front of a file name in an error.
func InFolder(ch *Chapter, err error) error {
	if err == nil {
		return nil
	}
	if r, ok := errors.AsType[term.Refusal](err); ok {
		return r
	}
	return fmt.Errorf("%s/%w", ch.Name, err)
}

// At is a place that a learner can click.
func (ch *Chapter) At(e mark.Exercise) string {
	return fmt.Sprintf("%s/%s:%d", ch.Name, e.File, e.Line)
}

// Path is a file of the chapter, from the root.
func (ch *Chapter) Path(name string) string { return filepath.ToSlash(filepath.Join(ch.Name, name)) }

// Paths are what a chapter's commits touch.
func (ch *Chapter) Paths() []string { return []string{ch.Name, ".workbook/" + ch.Name} }

// InFiles says the same of some files of a chapter, one line each: what has a place for the name.
func InFiles(ch *Chapter, names []string, what text.Key) []string {
	var out []string
	for _, name := range names {
		out = append(out, ch.T(what, ch.Path(name)))
	}
	return out
}
