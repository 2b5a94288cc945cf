package review

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/ask"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/proof"
	"example.com/authbook/internal/workbook/term"
)

// Of the questions about a learner's own code the first are the learner's, and the
// others the reviewer's.
const (
	forLearner  = 2
	forReviewer = 3
)

// askOwn asks the learner about their own code, where somebody sits at a terminal and
// nothing is left to mend. It returns what the learner wants in the text of the pull
// request, today or when it was asked. It looks for questions until the deadline of ctx.
func askOwn(ctx context.Context, runner *gorun.Runner, ui *term.UI, p inspection) ([]string, error) {
	m := ask.Open(runner.Course)
	if !ui.Screen || !p.ready() || m.Quiet(time.Now()) {
		return nil, nil
	}
	found, err := fewNotice(ctx, runner, ui, p.Report, forLearner)
	if err != nil {
		return nil, err
	}
	told := runner.Course.ReadProgress().Guesses
	var wanted []string
	open := slices.DeleteFunc(found, func(n proof.Noticed) bool {
		g := told[n.Exercise.ID.String()]
		if g.About == about(n) {
			wanted = append(wanted, g.Says)
		}
		return g.About == about(n) || m.Known(ownID(n))
	})
	return append(wanted, keepGuesses(runner.Course, ui, askEach(ui, m, p.Chapter, open))...), nil
}

// askEach puts questions until they, the input or the learner's patience end. It
// returns what was guessed of each exercise.
func askEach(ui *term.UI, m *ask.Memory, ch *course.Chapter, open []proof.Noticed) map[string]course.Guess {
	guesses := map[string]course.Guess{}
	for _, n := range open {
		q := ownQuestion(ch, n)
		a := askOne(ui, m, q)
		if !a.Skipped && !a.Later {
			guesses[q.Exercise.String()] = course.Guess{About: about(n), Says: guess(ch, n, q, a)}
		}
		if a.Later || a.Ended {
			break
		}
	}
	return guesses
}

// keepGuesses asks whether the guesses may be told, and keeps them for the next time
// that the text is written.
func keepGuesses(c *course.Course, ui *term.UI, guesses map[string]course.Guess) (says []string) {
	if len(guesses) == 0 || !ui.Asks("Put your guesses into the text of the pull request?") {
		return nil
	}
	for _, id := range slices.Sorted(maps.Keys(guesses)) {
		says = append(says, guesses[id].Says)
	}
	c.Note(ui, func(p *course.Progress) {
		if p.Guesses == nil {
			p.Guesses = map[string]course.Guess{}
		}
		maps.Copy(p.Guesses, guesses)
	})
	return says
}

// askOne puts one question and keeps the answer.
func askOne(ui *term.UI, m *ask.Memory, q ask.Question) ask.Answer {
	ui.Say("\n%s\n", ui.Paint(term.Bold, text.T("A question about your own code, %s", q.Exercise)))
	a := ask.Put(ui, q)
	ask.Explain(ui, q, a)
	ui.Say("")
	if err := m.Note(q.ID, a, time.Now()); err != nil {
		ui.Note("your answer can't be noted: %v", err)
	}
	return a
}

// fewNotice is [proof.FewNotice] for the exercises that pass, and says that it takes time.
func fewNotice(ctx context.Context, runner *gorun.Runner, ui *term.UI, r gorun.Report, most int) ([]proof.Noticed,
	error) {
	defer ui.Progress("looking for questions about this code")()
	return proof.FewNotice(ctx, runner, ui, r.Chapter, green(r), most)
}

// green are the exercises that pass.
func green(r gorun.Report) (all []mark.Exercise) {
	for _, v := range r.Verdicts {
		if v.Status == gorun.Passes {
			all = append(all, v.Exercise)
		}
	}
	return all
}

// ownQuestion asks which row turns red when a line of the learner's changes, or who
// gets through when a row of theirs is gone.
func ownQuestion(ch *course.Chapter, n proof.Noticed) ask.Question {
	q := ask.Question{ID: ownID(n), Exercise: n.Exercise.ID, Text: ownText(ch, n), Because: ownBecause(n),
		Choices: []ask.Choice{{Text: inWordsOf(n.Red[0]), Right: true}}}
	because := text.T("It stays green: it ran with this change, and passed.")
	if n.Exercise.Table {
		because = text.T("It is still unmasked: the tests ran without this row, and another one fails on it.")
	}
	for _, row := range besides(n) {
		q.Choices = append(q.Choices, ask.Choice{Text: inWordsOf(row), Because: because})
	}
	return q
}

// about tells one change of one text from another.
func about(n proof.Noticed) string { return course.Fingerprint(n.Exercise.Text + n.Before + n.After) }

func ownID(n proof.Noticed) string { return n.Exercise.ID.String() + " own-" + about(n) }

// besides are three rows that stay green, those of the same test first.
func besides(n proof.Noticed) []gorun.Row {
	rows := slices.SortedFunc(slices.Values(n.Green), func(a, b gorun.Row) int {
		return strings.Compare(course.Fingerprint(n.Before+a.Name), course.Fingerprint(n.Before+b.Name))
	})
	isOther := func(r gorun.Row) bool { return r.Test() != n.Red[0].Test() }
	rows = slices.Concat(slices.DeleteFunc(slices.Clone(rows), isOther),
		slices.DeleteFunc(slices.Clone(rows), func(r gorun.Row) bool { return !isOther(r) }))
	return rows[:min(3, len(rows))]
}

// ownText is the question, with what changes.
func ownText(ch *course.Chapter, n proof.Noticed) string {
	place := ch.Path(n.Exercise.File)
	switch {
	case n.Exercise.Table:
		return text.T("%s:%d: this row of `%s` goes:\n\n```\n- %s\n```\n\nWhich impostor gets through then?",
			place, n.Line, n.Exercise.Name, n.Before)
	case n.After == "":
		return text.T("%s:%d: this line of `%s` goes:\n\n```\n- %s\n```\n\nWhich row turns red then?",
			place, n.Line, n.Exercise.Name, n.Before)
	}
	return text.T("%s:%d: this line of `%s` changes:\n\n```\n- %s\n+ %s\n```\n\nWhich row turns red then?",
		place, n.Line, n.Exercise.Name, n.Before, n.After)
}

// ownBecause is what the run showed.
func ownBecause(n proof.Noticed) string {
	first := n.Red[0]
	if n.Exercise.Table {
		return text.T("%s gets through: %s.", inWordsOf(first), strings.TrimRight(first.Did, "."))
	}
	if len(n.Red) == 1 {
		return text.T("`%s` turns red: %s", first.Name, gorun.Gist(text.Current(), first.Output))
	}
	return text.T("These rows turn red: `%s`. The first says: %s", strings.Join(gorun.Names(n.Red), "`, `"),
		gorun.Gist(text.Current(), first.Output))
}

// inWordsOf is the name of a row or an impostor without that of its test.
func inWordsOf(r gorun.Row) string {
	if name, ok := gorun.ImpostorIn(r.Name); ok {
		return name
	}
	_, name, ok := strings.Cut(r.Name, "/")
	if !ok {
		return r.Name
	}
	return strings.ReplaceAll(name, "_", " ")
}

// guess is what a learner answered, for who reads the pull request.
func guess(ch *course.Chapter, n proof.Noticed, q ask.Question, a ask.Answer) string {
	change := text.T("`%s:%d` without `%s`", ch.Path(n.Exercise.File), n.Line, n.Before)
	if n.After != "" {
		change = text.T("`%s:%d` with `%s` in place of `%s`", ch.Path(n.Exercise.File), n.Line, n.After, n.Before)
	}
	if a.Right {
		return text.T("%s: I guessed “%s”, which is right.", change, q.Choices[a.Choice].Text)
	}
	return text.T("%s: I guessed “%s”, and it is “%s”.", change, q.Choices[a.Choice].Text, q.Choices[0].Text)
}

// questionsToAsk are those that the reviewer may ask the learner.
func questionsToAsk(ctx context.Context, w work, r reviewed) ([]proof.Noticed, error) {
	if r.Cut() != "" {
		return nil, nil
	}
	found, err := fewNotice(ctx, w.runner, w.ui, r.Report, forLearner+forReviewer)
	return found[min(forLearner, len(found)):], err
}

// printQuestions shows them, with the answers folded.
func printQuestions(ui *term.UI, r reviewed) {
	if len(r.toAsk) == 0 {
		return
	}
	ui.Say("\n## Questions to ask\n\nAbout the learner's own text. Each change was run, so the answer is known.")
	for _, n := range r.toAsk {
		ui.Say("\n%s\n\n<details><summary>Answer</summary>\n\n%s\n\n</details>", ownText(r.Chapter, n), ownBecause(n))
	}
}
