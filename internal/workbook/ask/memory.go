package ask

import (
	"encoding/json"
	"os"
	"path/filepath"
	"time"

	"example.com/authbook/internal/workbook/course"
)

// silence is how long "later" lasts.
const silence = 7 * 24 * time.Hour

// Memory is what this learner answered on this machine. It never leaves it.
type Memory struct {
	Answered map[string]Record `json:"answered"`       // by the ID of the question
	Told     map[string]bool   `json:"told,omitempty"` // exercises that it was said of that questions wait
	Until    time.Time         `json:"until,omitzero"` // no question before
	course   *course.Course
}

// Record is how a question was answered last.
type Record struct {
	At     time.Time `json:"at"`
	Right  bool      `json:"right"`
	Missed bool      `json:"missed,omitempty"` // it was answered wrong once
}

// Open reads the memory. One that can't be read is empty: it is convenience.
func Open(c *course.Course) *Memory {
	m := &Memory{course: c}
	content, err := os.ReadFile(memoryFile(c))
	if err != nil || json.Unmarshal(content, m) != nil {
		m = &Memory{course: c}
	}
	if m.Answered == nil {
		m.Answered = map[string]Record{}
	}
	if m.Told == nil {
		m.Told = map[string]bool{}
	}
	return m
}

func memoryFile(c *course.Course) string {
	return filepath.Join(c.Root, ".workbook", "local", "questions.json")
}

// Note keeps an answer. A skipped question is as if it had never been asked.
func (m *Memory) Note(id string, a Answer, now time.Time) error {
	switch {
	case a.Later:
		m.Until = now.Add(silence)
	case a.Skipped:
		return nil
	default:
		m.Answered[id] = Record{At: now, Right: a.Right, Missed: m.Answered[id].Missed || !a.Right}
	}
	return m.Save()
}

// Save writes the memory.
func (m *Memory) Save() error {
	content, err := json.MarshalIndent(m, "", "\t")
	if err != nil {
		return err
	}
	return m.course.Write(memoryFile(m.course), string(content)+"\n")
}

// Known reports whether the last answer was right.
func (m *Memory) Known(id string) bool { return m.Answered[id].Right }

// Missed reports whether a question was answered wrong once, be it right today.
func (m *Memory) Missed(id string) bool { return m.Answered[id].Missed }

// Quiet reports whether the learner wants no question now.
func (m *Memory) Quiet(now time.Time) bool { return now.Before(m.Until) }
