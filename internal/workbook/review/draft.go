package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// comment is one remark of a review: how much it matters, where, and a
// question that leads to the point.
type comment struct {
	level string // P1 to P5
	where string // file:line
	text  string
}

// MostComments is how many remarks a learner can act on at a time.
const MostComments = 3

// printDraft prints a first version of what the reviewer will say.
func printDraft(ui *term.UI, r reviewed) {
	ui.Say("\n## Draft\n\n" +
		"It is a draft: read the code, then change it. P1 must be fixed before the merge, P2 should be,")
	ui.Say("P3 is worth a thought, P4 is small, P5 is a remark. See docs/review/README.md.\n")
	ui.Say("**Well done.** %s\n", r.wellDone())
	for _, c := range r.comments() {
		ui.Say("**%s** `%s` %s\n", c.level, c.where, c.text)
	}
}

// wellDone is one thing that is good about the work. What the learner wrote in
// their own way comes first, and of that what comes late in the chapter.
func (r reviewed) wellDone() string {
	for _, own := range []bool{true, false} {
		for _, v := range slices.Backward(r.Verdicts) {
			if v.Status != gorun.Passes || r.isOwn(v.Exercise) != own {
				continue
			}
			for _, p := range r.rubric.Praise {
				if p.ID == v.Exercise.ID {
					return fmt.Sprintf("%s (%s): %s", v.Exercise, r.Chapter.At(v.Exercise), p.Text)
				}
			}
		}
	}
	if n := r.Passing(); n > 0 {
		return fmt.Sprintf("%d of %s green, and the commits show one step at a time.", n,
			term.Count(len(r.Verdicts), "exercise"))
	}
	return "You ask for a review early, while a change of direction is cheap."
}

// comments are at most three, the gravest first.
func (r reviewed) comments() []comment {
	all := slices.Concat(r.ofTools(), r.ofTests(), r.ofVerdicts(), r.ofRubric())
	slices.SortStableFunc(all, func(x, y comment) int { return cmp.Compare(x.level, y.level) })
	return all[:min(MostComments, len(all))]
}

// isFound reports whether an analyzer has a finding in an exercise: one
// comment about one mistake is enough.
func (r reviewed) isFound(e mark.Exercise) bool {
	return slices.ContainsFunc(r.findings, func(f finding) bool {
		return f.file == r.Chapter.Path(e.File) && e.Line <= f.line && f.line <= e.Line+strings.Count(e.Text, "\n")
	})
}

// questionsOfFindings ask about what an analyzer found.
var questionsOfFindings = map[string]string{
	"secretcompare": "How long does this comparison take for a guess whose first half is right, " +
		"and for one that is wrong at once?",
	"jwtoptions":    "Which algorithms and which lifetimes may a stranger choose for the token that comes in here?",
	"missingreturn": "Follow a request that is refused here, line by line. What runs after the answer?",
	"vacuousguard":  "What does this test say when no error comes back at all?",
}

func (r reviewed) ofTools() []comment {
	var all []comment
	if len(r.Leaks) > 0 { // one comment for all of them
		first := r.Leaks[0]
		all = append(all, comment{"P1", fmt.Sprintf("%s:%d", first.File, first.Line), "This looks like " + first.Kind +
			". Who can read it from now on? What if it is a real one?"})
	}
	for _, f := range r.findings {
		all = append(all, comment{"P1", fmt.Sprintf("%s:%d", f.file, f.line), questionsOfFindings[f.analyzer]})
	}
	if c := gorun.ReadCrash(r.Out.Crash, r.Chapter.Name); r.Out.Crash != "" {
		where := cmp.Or(c.Place(), r.Chapter.Name)
		all = append(all, comment{"P1", where, fmt.Sprintf(
			"The tests break off in `%s`: %s. What happens in this place, and for which input?", c.Test, c.What)})
	}
	if r.Out.Build != "" {
		first := gorun.FirstLine(r.Out.Build, "./", r.Chapter.Name, "..", "/")
		all = append(all,
			comment{"P1", r.Chapter.Name, "The compiler stops: " + first + ". What does it expect there?"})
	}
	return all
}

func (r reviewed) ofTests() []comment {
	var all []comment
	for _, name := range r.changed.Saved {
		all = append(all,
			comment{"P1", name, "Exercises and tests are compared with this file. What made you change it?"})
	}
	for _, name := range r.changed.Tests {
		all = append(all, comment{"P1", r.place(name), "This test of the workbook " + r.Chapter.Fate(name) +
			". What did it forbid that your code needs?"})
	}
	for _, name := range r.changed.Given {
		all = append(all, comment{"P3", r.place(name), "This code was given. Which exercise made you change it?"})
	}
	return all
}

// place is where a file of the chapter begins to differ.
func (r reviewed) place(name string) string {
	return fmt.Sprintf("%s:%d", r.Chapter.Path(name), r.Chapter.FirstChange(name))
}

// ofVerdicts are questions about exercises that are not green.
func (r reviewed) ofVerdicts() []comment {
	var all []comment
	for _, v := range r.Verdicts {
		if v.Status == gorun.Fails && !r.isFound(v.Exercise) {
			all = append(all, comment{"P1", r.Chapter.At(v.Exercise), r.askFailing(v)})
		}
	}
	return all
}

// askFailing is the hint of the mistake if it is known, else the question of
// the guide, else one about the row.
func (r reviewed) askFailing(v gorun.Verdict) string {
	if w, ok := gorun.Recognise(v, r.answers); ok {
		return w.Hint
	}
	failing := slices.DeleteFunc(slices.Clone(v.Failing), gorun.Row.Waits)
	about := fmt.Sprintf("The row `%s` fails.", failing[0].Name)
	ask := " What does it ask for that your code does not do?"
	if impostor, ok := gorun.ImpostorIn(failing[0].Name); ok {
		return fmt.Sprintf("The impostor %q passes your table. "+
			"Which request does it answer otherwise than the real one?", strings.ReplaceAll(impostor, "_", " "))
	} else if q, ok := r.rubric.Ask(v.Exercise); ok {
		ask = " " + q.Text
	}
	return about + ask
}

// ofRubric are the guide's questions about exercises that are green and the
// learner's own.
func (r reviewed) ofRubric() []comment {
	var all []comment
	for _, v := range r.Verdicts {
		if q, ok := r.rubric.Ask(v.Exercise); ok && v.Status == gorun.Passes && r.isOwn(v.Exercise) {
			all = append(all, comment{q.Level, r.Chapter.At(v.Exercise), q.Text})
		}
	}
	return all
}
