package course

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"time"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/term"
)

// Progress is how far this learner is on this machine. It is convenience, not
// truth: check finds everything out again.
type Progress struct {
	Passed   map[string]string `json:"passed"`             // id to fingerprint of the text that passed
	Hints    map[string]int    `json:"hints"`              // id to hints seen
	Told     map[string]string `json:"told"`               // id to the wrong answer whose hint was the last
	Revealed map[string]bool   `json:"revealed,omitempty"` // ids whose reference was shown
	Ordered  map[string]bool   `json:"ordered,omitempty"`  // ids whose lines were put in order
	Guesses  map[string]Guess  `json:"guesses,omitempty"`  // ids to what pull requests tell of a question
	Compared map[string]bool   `json:"compared,omitempty"` // ids whose comparison was offered
	Tries    map[string]Try    `json:"tries,omitempty"`    // id to how it was worked on
	// Green is when an exercise was green first, Recalled how it was written again.
	Green    map[string]time.Time `json:"green,omitempty"`
	Recalled map[string]Recalled  `json:"recalled,omitempty"`
	Checked  time.Time            `json:"checked,omitzero"` // when the last check was
	Current  string               `json:"current"`          // id of the exercise worked on
	// Numbering is, of each chapter that an update has renumbered, the numbers
	// that these ids are: see Move.
	Numbering map[string]string `json:"numbering,omitempty"`
}

// Guess is what a learner has guessed about their own code, and wants to be told.
type Guess struct {
	About string `json:"about"` // fingerprint of the code and its change
	Says  string `json:"says"`
}

// ReadProgress returns an empty progress when there is none that can be read.
func (c *Course) ReadProgress() Progress {
	p := emptyProgress()
	text, err := os.ReadFile(c.progressFile())
	if err != nil || json.Unmarshal(text, &p) != nil || p.Passed == nil || p.Hints == nil || p.Told == nil {
		return emptyProgress()
	}
	return p
}

// emptyProgress is that of a learner who begins.
func emptyProgress() Progress {
	return Progress{Passed: map[string]string{}, Hints: map[string]int{}, Told: map[string]string{}}
}

// ChangeProgress keeps a change of the progress for the next command, beside those that
// other terminals make.
func (c *Course) ChangeProgress(change func(*Progress)) error {
	return c.Alone(func() error {
		p := c.ReadProgress()
		change(&p)
		text, err := json.MarshalIndent(p, "", "\t")
		if err != nil {
			return err
		}
		return c.Write(c.progressFile(), string(text)+"\n")
	})
}

// Note changes the progress. Where nothing can be written, a check or a hint is
// as good without.
func (c *Course) Note(printer term.Printer, change func(*Progress)) {
	if err := c.ChangeProgress(change); err != nil {
		printer.Note("your progress can't be noted: %v", err)
	}
}

func (c *Course) progressFile() string {
	return filepath.Join(c.Root, ".workbook", "local", "progress.json")
}

// HasPassed reports whether an exercise was green with the text it has now.
func (p Progress) HasPassed(e mark.Exercise) bool {
	return p.Passed[e.ID.String()] == Fingerprint(e.Text)
}

// IsIn reports whether the learner is in a chapter and has not come to its end:
// on a branch of another name too, as in a clone made for a review.
func (p Progress) IsIn(ch *Chapter) bool {
	i, ok := mark.ParseID(p.Current)
	_, open := NextIn(ch, p)
	return ok && i.Chapter == ch.Number && open
}

// Fingerprint tells one text of an exercise from another.
func Fingerprint(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

// NextIn is the first exercise that is not green yet.
func NextIn(ch *Chapter, p Progress) (mark.Exercise, bool) {
	for _, e := range ch.Exercises {
		if !p.HasPassed(e) {
			return e, true
		}
	}
	return mark.Exercise{}, false
}

// NextFrom is the first exercise from a place on that is not green, from the start again
// after the last. With far it is another than the one at the place.
func NextFrom(ch *Chapter, p Progress, id mark.ID, far bool) (mark.Exercise, bool) {
	at := slices.IndexFunc(ch.Exercises, func(e mark.Exercise) bool { return e.ID == id })
	for _, e := range slices.Concat(ch.Exercises[max(at, 0):], ch.Exercises[:max(at, 0)]) {
		if !p.HasPassed(e) && (!far || e.ID != id) {
			return e, true
		}
	}
	return mark.Exercise{}, false
}
