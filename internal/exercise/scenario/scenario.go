package scenario

import (
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// Scenario is a story that must come true on any correct server. It is data: Play
// tells it to the world of a server.
type Scenario[W any] struct {
	name  string
	at    string // file and line in the learner's table
	steps []Step[W]
}

// Step is a step of a chapter's language. It embeds Told.
type Step[W any] interface {
	told() Told
	// Take does the step and returns what went another way. See Differ.
	Take(W) error
}

// Tell makes a scenario of a row. A chapter wraps it in a function that the tables
// call, so the row is two calls above.
func Tell[W any, S Step[W]](name string, steps ...S) Scenario[W] {
	s := Scenario[W]{name: name}
	if _, file, line, ok := runtime.Caller(2); ok {
		s.at = fmt.Sprintf("%s:%d", filepath.Base(file), line)
	}
	for _, step := range steps {
		s.steps = append(s.steps, step)
	}
	return s
}

// String is where the scenario stands.
func (s Scenario[W]) String() string { return s.at }

// Play tells the scenario to a server and returns where it broke, or that it says
// nothing.
func (s Scenario[W]) Play(w W) error {
	switch {
	case strings.TrimSpace(s.name) == "":
		return errors.New("the scenario has no name; say what must be true")
	case len(s.steps) == 0:
		return errors.New("the scenario has no steps, so it can't fail")
	}
	for i, step := range s.steps {
		if err := Take(w, step); err != nil {
			return fall{i + 1, step.told().text, err}
		}
	}
	return nil
}

// Take does one step, if it makes sense.
func Take[W any](w W, s Step[W]) error {
	t := s.told()
	switch {
	case t.verb == "":
		return errors.New("this is no step; begin with a verb, such as logIn")
	case t.slip != nil:
		return t.slip
	case t.Pause > 0:
		<-time.After(t.Pause) // of the bubble, whose clock jumps
		return nil
	}
	return s.Take(w)
}

// fall is where a scenario broke.
type fall struct {
	step int // counted from 1
	text string
	why  error
}

func (b fall) Error() string { return fmt.Sprintf("step %d, %s: %v", b.step, b.text, b.why) }

// onCorrect is what a learner reads if the server is right, so that the row is not.
func onCorrect(err error) string {
	b, ok := errors.AsType[fall](err)
	d, differs := b.why.(difference)
	if !ok || !differs {
		return err.Error()
	}
	return fmt.Sprintf("step %d, %s: the row expects %s, and a correct server gives %s here: change the row",
		b.step, b.text, d.expected, d.got)
}

// difference is an answer that a step did not expect.
type difference struct{ expected, got, why string }

func (d difference) Error() string {
	return fmt.Sprintf("expected %s, got %s: %s", d.expected, d.got, d.why)
}

// Differ says that a server answered otherwise than a step expects, and why that
// matters.
func Differ(expected, got, why string) error { return difference{expected, got, why} }
