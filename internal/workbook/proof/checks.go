package proof

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
)

// isComplete: an exercise has tests, a place in the notes, three hints,
// a comparison for when it is green, and a wrong answer.
func (p *proof) isComplete(e mark.Exercise) ([]string, error) {
	var problems []string
	lack := func(format string, args ...any) {
		problems = append(problems, p.problem("%s %s", e, fmt.Sprintf(format, args...)))
	}
	if !slices.ContainsFunc(p.expected, func(r gorun.Row) bool { return e.Tests.Matches(r.Name) }) {
		lack("has no test: none matches %s", e.Tests)
	}
	switch s, ok, err := p.chapter.Section(e.ID); {
	case err != nil:
		return nil, err
	case !ok:
		lack("has no section in README.md: a heading that begins with %s", e.ID)
	case len(s.Hints) != 3:
		lack("%s", text.N(len(s.Hints), "has %d hint in README.md, not 3", "has %d hints in README.md, not 3"))
	case !s.After.Complete():
		lack("has no Why so, or no Another way, under When it is green in README.md")
	}
	if !slices.ContainsFunc(p.answers, func(w course.WrongAnswer) bool { return w.ID == e.ID }) {
		lack("has no wrong answer in testdata/wrong")
	}
	return problems, nil
}

// blankIsRed: with one exercise blank each of its rows is listed and fails with
// its TODO, and nothing else breaks but rows that say they need it.
func (p *proof) blankIsRed(ctx context.Context, e mark.Exercise) ([]string, error) {
	blanks, err := p.chapter.Reference.Fill(course.Only(e.ID), course.Todo, p.names)
	if err != nil {
		return nil, err
	}
	out, err := p.try(ctx, blanks, gorun.TestRun{Variant: blankOfOne(e)})
	if err != nil {
		return nil, err
	}
	if broken := p.brokenOff(e.String()+" blank", out); broken != nil {
		return broken, nil
	}
	return p.compareBlank(e, out), nil
}

// compareBlank compares the rows of a run with one blank to those of the
// reference.
func (p *proof) compareBlank(e mark.Exercise, out gorun.Outcome) []string {
	var problems []string
	for _, want := range p.expected {
		own := e.Tests.Matches(want.Name)
		got, listed := lookUp(out, want.Name, e.Table || !own)
		switch {
		case strings.HasPrefix(want.Name, "Example"):
			continue // left out while anything is blank: they would call it
		case !listed:
			problems = append(problems, p.problem("%s blank: the row %s is not listed", e, want.Name))
		case own && !got.Red():
			problems = append(problems, p.problem("%s blank: the row %s passes", e, want.Name))
		case got.Red() && got.Todo() != e.String():
			problems = append(problems,
				p.problem("%s blank: the row %s fails, but not with TODO %s: does it lack needs: %q?", e,
					want.Name, e, e.ID))
		}
	}
	return problems
}

// lookUp finds a row in a run. For rows that can't be listed the test above
// stands in: those of an empty table, and those of a test that asks
// exercise.Needs before it comes to its subtests.
func lookUp(out gorun.Outcome, name string, standIn bool) (gorun.Row, bool) {
	for {
		if i := slices.IndexFunc(out.Rows, func(r gorun.Row) bool { return r.Name == name }); i >= 0 {
			return out.Rows[i], true
		}
		above := strings.LastIndexByte(name, '/')
		if !standIn || above < 0 {
			return gorun.Row{}, false
		}
		name = name[:above]
	}
}

// allBlank: the chapter as a learner finds it compiles, vet is content with
// it, and no row of any exercise passes.
func (p *proof) allBlank(ctx context.Context) ([]string, error) {
	blanks, err := p.chapter.Reference.Fill(course.Every, course.Todo, p.names)
	if err != nil {
		return nil, err
	}
	out, err := p.try(ctx, blanks, gorun.TestRun{})
	if err != nil {
		return nil, err
	}
	if broken := p.brokenOff("all exercises blank", out); broken != nil {
		return broken, nil
	}
	var problems []string
	for _, e := range p.exercises {
		for _, r := range out.Rows {
			if e.Tests.Matches(r.Name) && !r.Waits() {
				problems = append(problems,
					p.problem("all exercises blank: the row %s of %s does not fail with a TODO", r.Name, e))
			}
		}
	}
	vet, err := p.vetBlank(ctx, blanks)
	return append(problems, vet...), err
}

func (p *proof) vetBlank(ctx context.Context, blanks course.Tree) ([]string, error) {
	o, err := p.overlay(blanks)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "go", "vet", "-overlay="+string(o), "./"+p.chapter.Name)
	cmd.Dir = p.runner.Course.Root
	if out, err := cmd.CombinedOutput(); err != nil {
		return []string{p.problem("all exercises blank: go vet says: %s",
			strings.ReplaceAll(strings.TrimSpace(string(out)), "\n", "; "))}, ctx.Err()
	}
	return nil, nil
}

// zeroIsRed: no test of an exercise is content with zero values. A blank can't
// show that, since it is never called.
func (p *proof) zeroIsRed(ctx context.Context, e mark.Exercise) ([]string, error) {
	if e.Table {
		return nil, nil
	}
	zeros, err := p.chapter.Reference.Fill(course.Only(e.ID), course.Zero, p.names)
	if err != nil {
		return nil, err
	}
	out, err := p.try(ctx, zeros, gorun.TestRun{Only: e.Tests, Variant: zeroOfOne(e)})
	if err != nil {
		return nil, err
	}
	if broken := p.brokenOff(e.String()+" returning zero values", out); broken != nil {
		return broken, nil
	}
	if len(out.Rows) > 0 && !slices.ContainsFunc(out.Rows, gorun.Row.Red) {
		return []string{p.problem("%s may return zero values: every row passes", e)}, nil
	}
	return nil, nil
}

// tablesRepeat: the tests of tables that learners write pass every time, under
// the race detector where there is one.
func (p *proof) tablesRepeat(ctx context.Context) ([]string, error) {
	var tables []mark.Exercise
	for _, e := range p.exercises {
		if e.Table {
			tables = append(tables, e)
		}
	}
	if len(tables) == 0 || !p.race {
		return nil, nil
	}
	out, err := p.try(ctx, p.chapter.Reference,
		gorun.TestRun{Only: gorun.PatternsOf(tables), Times: gorun.Repeats, Race: true})
	if err != nil {
		return nil, err
	}
	problems := p.brokenOff("the reference under -race", out)
	for _, r := range out.Rows {
		if r.Red() {
			problems = append(problems, p.problem("the reference under -race fails %s, %d of %d times", r.Name,
				r.Failed, r.Failed+r.Passed))
		}
	}
	return problems, nil
}

// notesAgree: the blocks of the notes are what they say, and so is the Korean page.
func (p *proof) notesAgree(ctx context.Context) ([]string, error) {
	_, problems, err := Renew(ctx, p.runner.Course, p.chapter)
	if err != nil {
		return nil, err
	}
	twins, err := TwinProblems(p.runner.Course.Root, p.chapter)
	if err != nil {
		return nil, err
	}
	_, answers, err := p.chapter.KoreanAnswers(SaysOtherwise)
	return slices.Concat(problems, twins, answers), err
}
