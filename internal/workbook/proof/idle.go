package proof

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/gorun"
)

// idleRows are the rows of exercises that fail on no wrong answer and on no
// mutant: nobody would miss them, unless a sentence of the notes would be without
// a test then. Rows of tables that learners write are mutants themselves.
func (h *hunt) idleRows(ctx context.Context, fates []fate, alone map[string]bool) ([]string, error) {
	idle := map[string]mark.Exercise{}
	for _, r := range h.expected {
		if e, ok := h.ownerOf(r); ok {
			idle[r.Name] = e
		}
	}
	for _, w := range h.answers {
		earn(idle, w.Fails)
	}
	for _, f := range fates {
		earn(idle, f.reds)
	}
	if err := h.catchOfOthers(ctx, idle, fates, alone); err != nil {
		return nil, err
	}
	var problems []string
	for _, r := range h.expected { // in the order of the tests
		e, ok := idle[r.Name]
		i := slices.IndexFunc(h.idle, func(x *exception) bool { return x.name == r.Name })
		switch {
		case !ok:
		case i >= 0:
			h.idle[i].used = true
		default:
			problems = append(problems, h.problem("the row %s of %s catches no wrong answer and no mutant", r.Name, e))
		}
	}
	return append(problems, h.unused(h.idle, "is no row, or catches somebody")...), nil
}

// earn takes the rows that caught somebody out of the idle ones.
func earn(idle map[string]mark.Exercise, rows []string) {
	for _, row := range rows {
		delete(idle, row)
	}
}

// catchOfOthers runs the tests of the rows that are idle yet over the mutants of
// other exercises: a test of the whole may catch what none of its parts says.
func (h *hunt) catchOfOthers(ctx context.Context, idle map[string]mark.Exercise, fates []fate,
	alone map[string]bool) error {
	if len(idle) == 0 {
		return nil
	}
	var only mark.Pattern
	for row := range idle {
		only = append(only, []*regexp.Regexp{regexp.MustCompile("^" + gorun.Row{Name: row}.Test() + "$")})
	}
	var others []mutant
	for _, f := range fates {
		if !f.given() && !f.place.Table && !f.hangs {
			f.place.Tests = only
			others = append(others, f.mutant)
		}
	}
	more, err := h.runMutants(ctx, others, alone)
	for _, f := range more {
		earn(idle, f.reds)
	}
	return err
}

// ownerOf is the exercise whose code a row tests.
func (h *hunt) ownerOf(r gorun.Row) (mark.Exercise, bool) {
	i := slices.IndexFunc(h.exercises, func(e mark.Exercise) bool {
		return !e.Table && !strings.HasPrefix(r.Name, "Example") && e.Tests.Matches(r.Name)
	})
	if i < 0 {
		return mark.Exercise{}, false
	}
	return h.exercises[i], true
}
