package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// progress is how far this learner is on this machine. It is convenience, not
// truth: check finds everything out again.
type progress struct {
	Passed  map[string]string `json:"passed"`  // id to fingerprint of the text that passed
	Hints   map[string]int    `json:"hints"`   // id to hints seen
	Current string            `json:"current"` // id of the exercise worked on
}

// readProgress returns an empty progress when there is none, or a damaged one.
func (c *course) readProgress() (progress, error) {
	p := progress{Passed: map[string]string{}, Hints: map[string]int{}}
	text, err := os.ReadFile(c.progressFile())
	if errors.Is(err, fs.ErrNotExist) {
		return p, nil
	}
	if err != nil {
		return p, err
	}
	var read progress
	if json.Unmarshal(text, &read) != nil || read.Passed == nil || read.Hints == nil {
		return p, nil
	}
	return read, nil
}

func (c *course) writeProgress(p progress) error {
	text, err := json.MarshalIndent(p, "", "\t")
	if err != nil {
		return err
	}
	return c.write(c.progressFile(), string(text)+"\n")
}

func (c *course) progressFile() string {
	return filepath.Join(c.root, ".workbook", "local", "progress.json")
}

// passed reports whether an exercise was green with the text it has now.
func (p progress) passed(e exercise) bool {
	return p.Passed[e.id.String()] == fingerprint(e.text)
}

// record notes which exercises are green and where the learner is.
func (p *progress) record(verdicts []verdict) {
	for _, v := range verdicts {
		key := v.exercise.id.String()
		delete(p.Passed, key)
		if v.status == passes {
			p.Passed[key] = fingerprint(v.exercise.text)
		}
	}
	if v, ok := firstOpen(verdicts); ok {
		p.Current = v.exercise.id.String()
	}
}

func fingerprint(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}
