package proof

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
)

// answerIsCaught: a wrong answer fails exactly the rows it names, each time.
func (p *proof) answerIsCaught(ctx context.Context, w course.WrongAnswer) ([]string, error) {
	if w.Broken != nil {
		return []string{w.Broken.Error()}, nil
	}
	e, ok := course.Find(p.exercises, w.ID)
	if !ok {
		return []string{w.File + ": there is no exercise " + w.ID.String()}, nil
	}
	version, err := p.chapter.Reference.Put(e, w.Text, w.Imports, p.names)
	if err != nil {
		return []string{fmt.Sprintf("%s: %v", w.File, err)}, nil
	}
	run := gorun.TestRun{Only: e.Tests, Times: 1, Variant: w.File}
	if e.Table {
		run.Times = gorun.Repeats
	}
	out, err := p.try(ctx, version, run)
	if err != nil {
		return nil, err
	}
	if broken := p.brokenOff(w.File, out); broken != nil {
		return broken, nil
	}
	return compareWrong(w, out), nil
}

// compareWrong compares the rows that a wrong answer fails to those it names.
func compareWrong(w course.WrongAnswer, out gorun.Outcome) []string {
	var problems []string
	say := func(format string, args ...any) {
		problems = append(problems, w.File+": "+fmt.Sprintf(format, args...))
	}
	for _, r := range out.Rows {
		named := slices.Contains(w.Fails, r.Name)
		switch {
		case r.Flaky():
			say("%s failed %d of %d times: it is caught by luck", r.Name, r.Failed, r.Failed+r.Passed)
		case r.Red() && !named:
			say("it fails %s too, which it does not name", r.Name)
		case !r.Red() && named:
			say("%s does not catch it", r.Name)
		case r.Red() && !strings.Contains(r.Output, w.Shows):
			say("%s does not show %q", r.Name, w.Shows)
		}
	}
	for _, name := range w.Fails {
		if !slices.ContainsFunc(out.Rows, func(r gorun.Row) bool { return r.Name == name }) {
			say("there is no row %s", name)
		}
	}
	return problems
}

// answersDiffer: two wrong answers of one exercise with the same rows could not
// be told apart, so they must give the same hint, or show different texts.
func (p *proof) answersDiffer(context.Context) ([]string, error) {
	var problems []string
	for i, w := range p.answers {
		for _, v := range p.answers[:i] {
			if w.ID == v.ID && slices.Equal(w.Fails, v.Fails) && w.Hint != v.Hint && !tellApart(w.Shows, v.Shows) {
				problems = append(problems, fmt.Sprintf("%s and %s fail the same rows and give different hints",
					v.File, w.File))
			}
		}
	}
	return problems, nil
}

// tellApart reports whether rows that show one text don't show the other.
func tellApart(a, b string) bool {
	return a != "" && b != "" && !strings.Contains(a, b) && !strings.Contains(b, a)
}
