package ask

import (
	"context"
	"slices"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// Mistake is the wrong answer of an exercise that is due, and how many there are.
func (m *Memory) Mistake(ch *course.Chapter, e mark.Exercise) (w course.WrongAnswer, of int, err error) {
	all, err := ch.WrongAnswers()
	if err != nil {
		return w, 0, err
	}
	all = slices.DeleteFunc(all, func(w course.WrongAnswer) bool { return w.ID != e.ID || w.Broken != nil })
	if len(all) == 0 {
		return w, 0, term.Refuse(ch.T("%s has no wrong answer", e))
	}
	var ids []string
	for _, w := range all {
		ids = append(ids, PredictionID(w))
	}
	return all[m.Next(ids)], len(all), nil
}

// Due is the one of some predictions that is due.
func (m *Memory) Due(all []Prediction) Prediction {
	var ids []string
	for _, p := range all {
		ids = append(ids, p.ID)
	}
	return all[m.Next(ids)]
}

// Made is a prediction, and what to show behind the answer.
type Made struct {
	Prediction
	Ran, Hint string // of a wrong answer: how many rows fail, and its hint in Markdown
}

// Make runs a wrong answer that is due, or of a table the learner's own rows, and asks
// what they do. Diff is a wrong answer beside the reference, as [Predict] takes it.
func (m *Memory) Make(
	ctx context.Context, r *gorun.Runner, ch *course.Chapter, e mark.Exercise, diff func(course.WrongAnswer) string,
) (Made, error) {
	if e.Table {
		ran, err := r.Try(ctx, ch, e)
		if all := Whoms(ch.Language, ran); len(all) > 0 {
			return Made{Prediction: m.Due(all)}, err
		}
	}
	w, _, err := m.Mistake(ch, e)
	if err != nil {
		return Made{}, err
	}
	ran, err := Run(ctx, r, ch, w)
	if err != nil {
		return Made{}, err
	}
	says := ch.T("%d of %d rows fail", len(ran.Failing), len(ran.Rows))
	return Made{Predict(ch.Language, w, ran, diff(w)), says, w.Hint}, nil
}

// Run runs a wrong answer.
func Run(ctx context.Context, r *gorun.Runner, ch *course.Chapter, w course.WrongAnswer) (gorun.Verdict, error) {
	defer r.Out.Progress("running a wrong answer")()
	v, err := r.TestMistaken(ctx, ch, w)
	if err == nil && len(v.Failing) == 0 {
		err = term.Refuse(ch.T("no row fails on %s", w.File), "go tool coursecheck prove")
	}
	return v, err
}
