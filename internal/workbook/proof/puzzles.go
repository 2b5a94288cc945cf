package proof

import (
	"context"
	"fmt"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
)

// puzzleVariants are what the lines of an exercise may be put together to: the
// reference first, then each with one text that is not the reference's.
func (p *proof) puzzleVariants(e mark.Exercise) (all []variant) {
	puzzle, ok := course.PuzzleOf(e, p.answers)
	if !ok {
		return nil
	}
	for i, picks := range append([][]course.Pick{puzzle.Right()}, puzzle.Wrong()...) {
		all = append(all, variant{name: fmt.Sprintf("%s lines %d", e.ID, i), text: puzzle.Assemble(picks),
			imports: puzzle.Imports})
	}
	return all
}

// puzzles counts the exercises that have lines to order, or cells to fill.
func (p *proof) puzzles() (n int) {
	for _, e := range p.exercises {
		if _, ok := course.PuzzleOf(e, p.answers); ok {
			n++
		}
	}
	return n
}

// puzzleHolds: the rows accept the lines of an exercise in the reference's order,
// and refuse them with any one of the texts that stand beside one of them.
func (p *proof) puzzleHolds(ctx context.Context, e mark.Exercise) ([]string, error) {
	var problems []string
	for i, v := range p.puzzleVariants(e) {
		version, err := p.chapter.Reference.Put(e, v.text, v.imports, p.names)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", v.name, err)
		}
		out, err := p.try(ctx, version, gorun.TestRun{Only: e.Tests, Variant: v.name})
		if err != nil {
			return nil, err
		}
		accepted := gorun.Judge([]mark.Exercise{e}, out)[0].Status == gorun.Passes
		if i == 0 && !accepted {
			problems = append(problems, p.problem("%s: hint --lines refuses the lines of the reference", e))
		}
		if i > 0 && accepted {
			problems = append(problems, p.problem("%s: hint --lines offers what is right too: %s", e, added(e.Text, v.text)))
		}
	}
	return problems, nil
}

// added are the lines of a text that another does not have, as one.
func added(before, after string) string {
	var lines []string
	for line := range strings.Lines(course.Diff(before, after)) {
		if rest, ok := strings.CutPrefix(line, "+"); ok {
			lines = append(lines, strings.Fields(rest)...)
		}
	}
	return strings.Join(lines, " ")
}
