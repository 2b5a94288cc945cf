package ask

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"time"

	"example.com/authbook/internal/mark"
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

// Note keeps an answer, beside those that came meanwhile in another terminal. A skipped
// question is as if it had never been asked.
func (m *Memory) Note(id string, a Answer, now time.Time) error {
	if a.Skipped && !a.Later {
		return nil
	}
	return m.change(func() {
		if a.Later {
			m.Until = now.Add(silence)
		} else {
			m.Answered[id] = Record{At: now, Right: a.Right, Missed: m.Answered[id].Missed || !a.Right}
		}
	})
}

// Tell keeps that it was said of an exercise that questions wait.
func (m *Memory) Tell(e mark.ID) error {
	return m.change(func() { m.Told[e.String()] = true })
}

// change reads the memory again, changes it and writes it.
func (m *Memory) change(f func()) error {
	return m.course.Alone(func() error {
		*m = *Open(m.course)
		f()
		content, err := json.MarshalIndent(m, "", "\t")
		if err != nil {
			return err
		}
		return m.course.Write(memoryFile(m.course), string(content)+"\n")
	})
}

// Known reports whether the last answer was right.
func (m *Memory) Known(id string) bool { return m.Answered[id].Right }

// Predicted reports whether a prediction about an exercise was made.
func (m *Memory) Predicted(e mark.ID) bool {
	for id := range m.Answered {
		if strings.HasPrefix(id, e.String()+predicts) {
			return true
		}
	}
	return false
}

// Missed reports whether a question was answered wrong once, be it right today.
func (m *Memory) Missed(id string) bool { return m.Answered[id].Missed }

// Next is the place of the question that is due: one that was never answered, else one
// that was missed last, else the one that was answered longest ago; -1 of none.
func (m *Memory) Next(ids []string) int {
	due := -1
	for i, id := range ids {
		if due < 0 || m.Compare(id, ids[due]) < 0 {
			due = i
		}
	}
	return due
}

// Compare says which of two questions comes first, in the order of [Memory.Next]: so one
// that was missed comes again after others, when its answer is no longer before one's eyes.
func (m *Memory) Compare(one, other string) int {
	a, b := m.Answered[one], m.Answered[other]
	if a.At.IsZero() || b.At.IsZero() || a.Right == b.Right {
		return a.At.Compare(b.At)
	}
	if a.Right {
		return 1
	}
	return -1
}

// Quiet reports whether the learner wants no question now.
func (m *Memory) Quiet(now time.Time) bool { return now.Before(m.Until) }
