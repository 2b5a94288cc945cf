package scenario

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"example.com/authbook/internal/exercise"
)

// Own is an impostor that a learner has made, and the row that unmasks it.
type Own[W any] struct {
	Exercise string
	Does     string   // what it does wrong, in words
	Right    func() W // makes the world of a correct server
	Flawed   func() W // makes that of the impostor
	Row      Scenario[W]
	Tables   map[string][]Scenario[W] // the learner's, by exercise: they must not know the flaw
}

// InTurn lets one request at a time into a flaw, so that what it remembers needs no
// lock, and a stranger's cannot break Go's memory by a race. To wait for a channel,
// unlike for a lock, lets the clock of the bubble go on.
func InTurn[Request, Answer any](flaw func(Request) Answer) func(Request) Answer {
	turn := make(chan struct{}, 1)
	return func(r Request) Answer {
		turn <- struct{}{}
		defer func() { <-turn }()
		return flaw(r)
	}
}

// demand is what an impostor must be: the answer is what is wrong, or "".
type demand func(*testing.T) string

// Hold asks whether the impostor is one: its row unmasks it, and no other row does.
func (o Own[W]) Hold(t *testing.T) {
	t.Helper()
	demands := []row[demand]{
		{name: "it says what it does", is: o.says},
		{name: "the right server passes its row", is: o.passes},
		{name: "its row unmasks it", is: o.unmasks},
	}
	for _, id := range slices.Sorted(maps.Keys(o.Tables)) {
		demands = append(demands, row[demand]{
			name: "no row of " + id + " unmasks it", needs: []string{id}, is: o.isNewTo(o.Tables[id]),
		})
	}
	exercise.Rows(t, o.Exercise, demands, func(t *testing.T, r row[demand]) {
		if problem := r.is(t); problem != "" {
			fail(t, problem)
		}
	})
}

func (o Own[W]) says(*testing.T) string {
	if strings.TrimSpace(o.Does) == "" {
		return "your impostor has no words: say in one sentence what it does wrong, for the one who meets it"
	}
	return ""
}

func (o Own[W]) passes(t *testing.T) string {
	if slip := (Trial[W]{}).rows([]Scenario[W]{o.Row})[0].slip; slip != "" {
		return slip
	}
	if err := inBubble(t, o.Row, o.Right); err != nil {
		return fmt.Sprintf("%s: %s", o.Row.at, onCorrect(err))
	}
	return ""
}

func (o Own[W]) unmasks(t *testing.T) string {
	if o.passes(t) != "" {
		return "the right server fails your row, so the row shows nothing: see the row before"
	}
	err := inBubble(t, o.Row, o.Flawed)
	if err == nil {
		return fmt.Sprintf("%s: %s", o.Row.at,
			"your impostor passes your row too: the flaw does not show in any of its steps")
	}
	if _, falls := errors.AsType[fall](err); !falls {
		return fmt.Sprintf("your impostor breaks, and an impostor only answers wrongly: %v", err)
	}
	return ""
}

// isNewTo asks whether a table passes on the impostor. A row that is wrong about the
// right server says nothing here: its own exercise is red.
func (o Own[W]) isNewTo(table []Scenario[W]) demand {
	return func(t *testing.T) string {
		var names, lines []string
		for _, s := range table {
			if inBubble(t, s, o.Right) != nil {
				continue
			}
			if err := inBubble(t, s, o.Flawed); err != nil {
				names = append(names, s.name)
				lines = append(lines, fmt.Sprintf("\n  %s %q: %v", s.at, s.name, err))
			}
		}
		if len(names) == 0 {
			return ""
		}
		exercise.Unmasked(t, names, "", "")
		return "your impostor is not new: it is unmasked by" + strings.Join(lines, "")
	}
}
