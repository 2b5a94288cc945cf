package main

import (
	"context"
	"fmt"
	"os/exec"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
)

// isComplete: an exercise has tests, a place in the notes, three hints and a
// wrong answer.
func (p *proof) isComplete(e mark.Exercise) ([]string, error) {
	var problems []string
	lack := func(format string, args ...any) {
		problems = append(problems, p.problem("%s %s", e, fmt.Sprintf(format, args...)))
	}
	if !slices.ContainsFunc(p.expected, func(r row) bool { return e.Tests.Matches(r.name) }) {
		lack("has no test: none matches %s", e.Tests)
	}
	switch s, ok, err := p.chapter.section(e.ID); {
	case err != nil:
		return nil, err
	case !ok:
		lack("has no section in README.md: a heading that begins with %s", e.ID)
	case len(s.hints) != 3:
		lack("has %s in README.md, not 3", count(len(s.hints), "hint"))
	}
	if !slices.ContainsFunc(p.answers, func(w wrongAnswer) bool { return w.id == e.ID }) {
		lack("has no wrong answer in testdata/wrong")
	}
	return problems, nil
}

// blankIsRed: with one exercise blank each of its rows is listed and fails with
// its TODO, and nothing else breaks but rows that say they need it.
func (p *proof) blankIsRed(ctx context.Context, e mark.Exercise) ([]string, error) {
	blanks, err := p.chapter.reference.fill(only(e.ID), todo, p.names)
	if err != nil {
		return nil, err
	}
	out, err := p.try(ctx, blanks, testRun{variant: blankOfOne(e)})
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
func (p *proof) compareBlank(e mark.Exercise, out outcome) []string {
	var problems []string
	for _, want := range p.expected {
		own := e.Tests.Matches(want.name)
		got, listed := lookUp(out, want.name, e.Table || !own)
		switch {
		case strings.HasPrefix(want.name, "Example"):
			continue // left out while anything is blank: they would call it
		case !listed:
			problems = append(problems, p.problem("%s blank: the row %s is not listed", e, want.name))
		case own && !got.red():
			problems = append(problems, p.problem("%s blank: the row %s passes", e, want.name))
		case got.red() && got.todo() != e.String():
			problems = append(problems, p.problem("%s blank: the row %s fails, but not with TODO %s: does it lack needs: %q?", e, want.name, e, e.ID))
		}
	}
	return problems
}

// lookUp finds a row in a run. For rows that can't be listed the test above
// stands in: those of an empty table, and those of a test that asks
// exercise.Needs before it comes to its subtests.
func lookUp(out outcome, name string, standIn bool) (row, bool) {
	for {
		if i := slices.IndexFunc(out.rows, func(r row) bool { return r.name == name }); i >= 0 {
			return out.rows[i], true
		}
		above := strings.LastIndexByte(name, '/')
		if !standIn || above < 0 {
			return row{}, false
		}
		name = name[:above]
	}
}

// allBlank: the chapter as a learner finds it compiles, vet is content with
// it, and no row of any exercise passes.
func (p *proof) allBlank(ctx context.Context) ([]string, error) {
	blanks, err := p.chapter.reference.fill(everyone, todo, p.names)
	if err != nil {
		return nil, err
	}
	out, err := p.try(ctx, blanks, testRun{})
	if err != nil {
		return nil, err
	}
	if broken := p.brokenOff("all exercises blank", out); broken != nil {
		return broken, nil
	}
	var problems []string
	for _, e := range p.exercises {
		for _, r := range out.rows {
			if e.Tests.Matches(r.name) && !r.waits() {
				problems = append(problems, p.problem("all exercises blank: the row %s of %s does not fail with a TODO", r.name, e))
			}
		}
	}
	vet, err := p.vetBlank(ctx, blanks)
	return append(problems, vet...), err
}

func (p *proof) vetBlank(ctx context.Context, blanks tree) ([]string, error) {
	o, err := p.lay(blanks)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "go", "vet", "-overlay="+string(o), "./"+p.chapter.name)
	cmd.Dir = p.root
	if out, err := cmd.CombinedOutput(); err != nil {
		return []string{p.problem("all exercises blank: go vet says: %s", strings.ReplaceAll(strings.TrimSpace(string(out)), "\n", "; "))}, ctx.Err()
	}
	return nil, nil
}

// zeroIsRed: no test of an exercise is content with zero values. A blank can't
// show that, since it is never called.
func (p *proof) zeroIsRed(ctx context.Context, e mark.Exercise) ([]string, error) {
	if e.Table {
		return nil, nil
	}
	zeros, err := p.chapter.reference.fill(only(e.ID), zero, p.names)
	if err != nil {
		return nil, err
	}
	out, err := p.try(ctx, zeros, testRun{only: e.Tests, variant: zeroOfOne(e)})
	if err != nil {
		return nil, err
	}
	if broken := p.brokenOff(e.String()+" returning zero values", out); broken != nil {
		return broken, nil
	}
	if len(out.rows) > 0 && !slices.ContainsFunc(out.rows, row.red) {
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
	out, err := p.try(ctx, p.chapter.reference, testRun{only: patternsOf(tables), times: repeats, race: true})
	if err != nil {
		return nil, err
	}
	problems := p.brokenOff("the reference under -race", out)
	for _, r := range out.rows {
		if r.red() {
			problems = append(problems, p.problem("the reference under -race fails %s, %d of %d times", r.name, r.failed, r.failed+r.passed))
		}
	}
	return problems, nil
}

// answerIsCaught: a wrong answer fails exactly the rows it names, each time.
func (p *proof) answerIsCaught(ctx context.Context, w wrongAnswer) ([]string, error) {
	e, ok := find(p.exercises, w.id)
	if !ok {
		return []string{w.file + ": there is no exercise " + w.id.String()}, nil
	}
	if w.broken != nil {
		return []string{fmt.Sprintf("%s: %v", w.file, w.broken)}, nil
	}
	version, err := p.chapter.reference.put(e, w.text, w.imports, p.names)
	if err != nil {
		return []string{fmt.Sprintf("%s: %v", w.file, err)}, nil
	}
	run := testRun{only: e.Tests, times: 1, variant: w.file}
	if e.Table {
		run.times = repeats
	}
	out, err := p.try(ctx, version, run)
	if err != nil {
		return nil, err
	}
	if broken := p.brokenOff(w.file, out); broken != nil {
		return broken, nil
	}
	return compareWrong(w, out), nil
}

// compareWrong compares the rows that a wrong answer fails to those it names.
func compareWrong(w wrongAnswer, out outcome) []string {
	var problems []string
	say := func(format string, args ...any) {
		problems = append(problems, w.file+": "+fmt.Sprintf(format, args...))
	}
	for _, r := range out.rows {
		named := slices.Contains(w.fails, r.name)
		switch {
		case r.flaky():
			say("%s failed %d of %d times: it is caught by luck", r.name, r.failed, r.failed+r.passed)
		case r.red() && !named:
			say("it fails %s too, which it does not name", r.name)
		case !r.red() && named:
			say("%s does not catch it", r.name)
		}
	}
	for _, name := range w.fails {
		if !slices.ContainsFunc(out.rows, func(r row) bool { return r.name == name }) {
			say("there is no row %s", name)
		}
	}
	return problems
}

// answersDiffer: two wrong answers of one exercise with the same rows could not
// be told apart, so they must give the same hint.
func (p *proof) answersDiffer(context.Context) ([]string, error) {
	var problems []string
	for i, w := range p.answers {
		for _, v := range p.answers[:i] {
			if w.id == v.id && slices.Equal(w.fails, v.fails) && w.hint != v.hint {
				problems = append(problems, fmt.Sprintf("%s and %s fail the same rows and give different hints", v.file, w.file))
			}
		}
	}
	return problems, nil
}

// notesAgree: the blocks of the notes are what they say, and the guide for
// reviewers lists the wrong answers.
func (p *proof) notesAgree(ctx context.Context) ([]string, error) {
	_, problems, err := p.renew(ctx, p.chapter)
	if err != nil {
		return nil, err
	}
	stale, err := p.guide(p.chapter, false)
	return append(problems, stale...), err
}
