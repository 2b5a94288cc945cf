package scenario

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"example.com/authbook/internal/exercise"
)

// findings is how a table does.
type findings struct {
	broken int              // rows that are wrong about a correct server
	caught map[string][]hit // by impostor; none of those that survive
}

// hit is a row that failed, and how.
type hit struct {
	row string
	err error
}

// playAll tells the table to the model and, if it passes, to each impostor.
func (tr Trial[W]) playAll(t *testing.T, table []Scenario[W]) *findings {
	f := &findings{caught: map[string][]hit{}}
	for _, r := range tr.rows(table) {
		if r.slip != "" || tr.play(t, r.is, "") != nil {
			f.broken++
		}
	}
	if f.broken > 0 {
		return f
	}
	for _, i := range tr.Impostors {
		for _, s := range table {
			if err := tr.play(t, s, i.Name); err != nil {
				f.caught[i.Name] = append(f.caught[i.Name], hit{s.name, err})
			}
		}
	}
	return f
}

func unmasked(t *testing.T, i Impostor, caught []hit) {
	var names, lines []string
	for _, c := range caught {
		names = append(names, c.row)
		lines = append(lines, fmt.Sprintf("  %q: %v", c.row, c.err))
	}
	fmt.Fprintf(t.Output(), "unmasked by\n%s\n", strings.Join(lines, "\n"))
	exercise.Unmasked(t, names, i.Survived, i.Seen)
}

// Nearest says which row meets a flaw most often, and where first.
func (tr Trial[W]) Nearest(t *testing.T, table []Scenario[W], flaw string) string {
	var nearest Scenario[W]
	most := int64(0)
	for _, s := range table {
		if n := tr.meets(t, s, flaw); n > most {
			nearest, most = s, n
		}
	}
	for n := range nearest.steps {
		part := nearest
		part.steps = nearest.steps[:n+1]
		if tr.meets(t, part, flaw) > 0 {
			return fmt.Sprintf("your row %q comes nearest: it meets the flaw in step %d, %s, and sees nothing wrong",
				nearest.name, n+1, nearest.steps[n].told())
		}
	}
	return "none of your rows comes near it"
}

// meets is how often a flaw comes into play in a scenario.
func (tr Trial[W]) meets(t *testing.T, s Scenario[W], flaw string) int64 {
	var met atomic.Int64
	synctest.Test(t, func(*testing.T) { _ = s.Play(tr.Model(flaw, &met)) }) // it passes; part of it may not
	return met.Load()
}
