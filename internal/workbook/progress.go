package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"

	"example.com/authbook/internal/mark"
)

// progress is how far this learner is on this machine. It is convenience, not
// truth: check finds everything out again.
type progress struct {
	Passed   map[string]string `json:"passed"`             // id to fingerprint of the text that passed
	Hints    map[string]int    `json:"hints"`              // id to hints seen
	Told     map[string]string `json:"told"`               // id to the wrong answer whose hint was the last
	Revealed map[string]bool   `json:"revealed,omitempty"` // ids whose reference was shown
	Current  string            `json:"current"`            // id of the exercise worked on
}

// readProgress returns an empty progress when there is none that can be read.
func (c *course) readProgress() progress {
	p := emptyProgress()
	text, err := os.ReadFile(c.progressFile())
	if err != nil || json.Unmarshal(text, &p) != nil || p.Passed == nil || p.Hints == nil || p.Told == nil {
		return emptyProgress()
	}
	return p
}

func emptyProgress() progress {
	return progress{Passed: map[string]string{}, Hints: map[string]int{}, Told: map[string]string{}}
}

func (c *course) writeProgress(p progress) error {
	text, err := json.MarshalIndent(p, "", "\t")
	if err != nil {
		return err
	}
	return c.write(c.progressFile(), string(text)+"\n")
}

// note writes the progress. Where nothing can be written, a check or a hint is
// as good without.
func (a *app) note(p progress) {
	if err := a.writeProgress(p); err != nil {
		a.ui.say("%s your progress can't be noted: %v", a.ui.paint(yellow, "note:"), err)
	}
}

func (c *course) progressFile() string {
	return filepath.Join(c.root, ".workbook", "local", "progress.json")
}

// passed reports whether an exercise was green with the text it has now.
func (p progress) passed(e mark.Exercise) bool {
	return p.Passed[e.ID.String()] == fingerprint(e.Text)
}

// isIn reports whether the learner is in a chapter and has not come to its end:
// on a branch of another name too, as in a clone made for a review.
func (p progress) isIn(ch *chapter) bool {
	i, ok := mark.ParseID(p.Current)
	_, open := nextIn(ch, p)
	return ok && i.Chapter == ch.number && open
}

// record notes which exercises are green and where the learner is.
func (p *progress) record(verdicts []verdict) {
	for _, v := range verdicts {
		key := v.exercise.ID.String()
		delete(p.Passed, key)
		if v.status == passes {
			p.Passed[key] = fingerprint(v.exercise.Text)
		}
	}
	if v, ok := firstOpen(verdicts); ok {
		p.Current = v.exercise.ID.String()
	}
}

func fingerprint(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}
