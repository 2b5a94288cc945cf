package scenario

import (
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"example.com/authbook/internal/exercise"
)

// Trial is what a learner's table is held against.
type Trial[W any] struct {
	Exercise string // the table's id
	// Model makes the world of a small server, correct or with a flaw. met counts how
	// often the flaw comes into play.
	Model     func(flaw string, met *atomic.Int64) W
	Own       func() W // makes that of the learner's own code; nil: the model is enough
	Needs     []string // exercises that Own runs through
	Impostors []Impostor
}

// Impostor is a model with one flaw. A table unmasks it if a row fails on it.
type Impostor struct {
	Name     string // the model's flaw
	Differs  string // in what: "time", "code"; all that is said of the last one
	Survived string // what it did while the table passed
	Seen     string // where it was met outside this workbook
}

// Flaw is an impostor in a table of them.
func Flaw(name, differs, survived, seen string) Impostor {
	return Impostor{name, differs, survived, seen}
}

// row is a scenario, or an impostor, as package exercise wants it.
type row[T any] struct {
	name  string
	needs []string
	is    T
	slip  string // what is wrong with the row's name
}

// Hold runs a table twice: it must pass on a correct server, and it must unmask
// every impostor.
func (tr Trial[W]) Hold(t *testing.T, table []Scenario[W]) {
	t.Helper() // a failure names the line of the chapter's test
	t.Run("reference", func(t *testing.T) {
		t.Helper()
		exercise.Rows(t, tr.Exercise, tr.rows(table), func(t *testing.T, r row[Scenario[W]]) {
			if problem := tr.problem(t, r); problem != "" {
				fail(t, r.is.at+": "+problem)
			}
		})
	})
	var f *findings // once for all impostors
	var unmaskers []string
	t.Run("unmasks", func(t *testing.T) {
		t.Helper()
		exercise.Rows(t, tr.Exercise, rowsOf(tr.Impostors), func(t *testing.T, r row[Impostor]) {
			if f == nil {
				f = tr.playAll(t, table)
			}
			if f.broken > 0 {
				fail(t, fmt.Sprintf("correct the table first: %d of its rows fail on a correct server, see %s/reference",
					f.broken, strings.Split(t.Name(), "/")[0]))
				return
			}
			if caught := f.caught[r.name]; len(caught) > 0 {
				unmaskers = append(unmaskers, caught[0].row)
				unmasked(t, r.is, caught)
				return
			}
			last := len(f.caught)+1 == len(tr.Impostors)
			exercise.Survived(t, tr.Exercise, last, r.is.Differs, r.is.Survived, tr.Nearest(t, table, r.name))
		})
	})
	exercise.Idle(t, tr.rows(table), unmaskers, len(tr.Impostors))
}

// fail says what is wrong with no line of this package before it: the learner's own
// is in the text, if there is one.
func fail(t *testing.T, text string) {
	fmt.Fprintln(t.Output(), text)
	t.Fail()
}

// rows gives each scenario a name of its own, though the learner may have not.
func (tr Trial[W]) rows(table []Scenario[W]) []row[Scenario[W]] {
	var rows []row[Scenario[W]]
	first := map[string]string{} // where a name stands first
	for i, s := range table {
		r := row[Scenario[W]]{name: s.name, needs: tr.Needs, is: s}
		at, double := first[s.name]
		switch {
		case s.at == "":
			r.is.at, r.name = fmt.Sprintf("row %d", i+1), fmt.Sprintf("row %d", i+1)
			r.slip = `this is no scenario; write tell("what must be true", and steps)`
		case strings.TrimSpace(s.name) == "":
			r.name = fmt.Sprintf("row %d", i+1)
		case double:
			r.name += fmt.Sprintf(", row %d", i+1)
			r.slip = fmt.Sprintf("the row at %s has the same name, %q; say in what they differ", at, s.name)
		default:
			first[s.name] = s.at
		}
		rows = append(rows, r)
	}
	return rows
}

func rowsOf(impostors []Impostor) []row[Impostor] {
	var rows []row[Impostor]
	for _, i := range impostors {
		rows = append(rows, row[Impostor]{name: i.Name, is: i})
	}
	return rows
}

// problem is what is wrong with a row: its words, what it expects, or the learner's
// own code.
func (tr Trial[W]) problem(t *testing.T, r row[Scenario[W]]) string {
	if r.slip != "" {
		return r.slip
	}
	if err := tr.play(t, r.is, ""); err != nil {
		return onCorrect(err)
	}
	if tr.Own == nil {
		return ""
	}
	if err := inBubble(t, r.is, tr.Own); err != nil {
		return fmt.Sprintf("%v\nA correct server passes this row, so it is your own handlers that are wrong", err)
	}
	return ""
}

func (tr Trial[W]) play(t *testing.T, s Scenario[W], flaw string) error {
	return inBubble(t, s, func() W { return tr.Model(flaw, new(atomic.Int64)) })
}

// inBubble tells a scenario with a clock of its own.
func inBubble[W any](t *testing.T, s Scenario[W], world func() W) (err error) {
	synctest.Test(t, func(*testing.T) {
		if panicked := exercise.PanicOf(func() { err = s.Play(world()) }); panicked != "" {
			err = errors.New(panicked)
		}
	})
	return err
}
