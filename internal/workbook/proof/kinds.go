package proof

import (
	"context"
	"slices"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/ask"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// Kind is a kind of question, and how much of it a chapter has.
type Kind struct {
	Name                 string
	Questions, Exercises int
}

// kindNames are in the order in which a learner meets them.
var kindNames = []string{ask.WhichRow, ask.HowMany, ask.WhichStatus, ask.WhichOfYours, ask.Why, ask.Trace, ask.Short,
	lines}

// lines is the puzzle of hint --lines.
const lines = "lines"

// Kinds counts the questions of a chapter. It runs each wrong answer, for the rows
// decide what can be asked.
func Kinds(ctx context.Context, runner *gorun.Runner, printer term.Printer, ch *course.Chapter) ([]Kind, error) {
	p, clean, err := newProof(ctx, runner, printer, ch)
	if err != nil {
		return nil, err
	}
	defer clean()
	if err := p.buildOnce(ctx); err != nil {
		return nil, err
	}
	found := map[string][]mark.ID{}
	add := func(kind string, e mark.ID) { found[kind] = append(found[kind], e) }
	if err := p.predictions(ctx, add); err != nil {
		return nil, err
	}
	noted, _, err := ask.Read(ch)
	for _, n := range noted {
		add(n.Kind, n.Exercise)
	}
	var all []Kind
	for _, name := range kindNames {
		exercises := slices.Compact(slices.SortedFunc(slices.Values(found[name]), mark.ID.Compare))
		all = append(all, Kind{name, len(found[name]), len(exercises)})
	}
	return all, err
}

// predictions finds what can be asked of wrong answers, impostors and lines.
func (p *proof) predictions(ctx context.Context, add func(kind string, e mark.ID)) error {
	for _, w := range p.answers {
		e, ok := course.Find(p.exercises, w.ID)
		if !ok || e.Table || w.Broken != nil {
			continue
		}
		version, err := p.chapter.Reference.Put(e, w.Text, w.Imports, p.names)
		if err != nil {
			return err
		}
		out, err := p.try(ctx, version, gorun.TestRun{Only: e.Tests, Times: 1, Variant: w.File})
		if err != nil {
			return err
		}
		if v := gorun.Judge([]mark.Exercise{e}, out)[0]; len(v.Failing) > 0 {
			add(ask.Predict(p.chapter.Language, w, v, "").Kind, w.ID)
		}
	}
	return p.impostorQuestions(ctx, add)
}

// impostorQuestions finds the questions about tables, and the lines of all exercises.
func (p *proof) impostorQuestions(ctx context.Context, add func(kind string, e mark.ID)) error {
	out, err := p.try(ctx, p.chapter.Reference, gorun.TestRun{})
	for _, e := range p.exercises {
		if _, ok := course.PuzzleOf(e, p.answers); ok {
			add(lines, e.ID)
		}
		v := gorun.Judge([]mark.Exercise{e}, out)[0]
		for _, row := range v.Rows {
			if _, isImpostor := gorun.ImpostorIn(row.Name); isImpostor {
				if q, ok := ask.Whom(p.chapter.Language, v, row); ok {
					add(q.Kind, e.ID)
				}
			}
		}
	}
	return err
}
