package review

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// comment is one remark of a review: how much it matters, where, and a
// question that leads to the point.
type comment struct {
	level string // P1 to P5
	rank  rank   // within a level
	where string // file:line
	text  string
}

// rank is what matters more among remarks of one level.
type rank int

const (
	secret rank = iota
	harness
	exercise
	given
	rest
)

// MostComments is how many remarks a learner can act on at a time.
const MostComments = 3

// printDraft prints a first version of what the reviewer will say.
func printDraft(ui *term.UI, r reviewed) {
	ui.Say("\n## Draft\n\n" +
		"It is a draft: read the code, then change it. P1 must be fixed before the merge, P2 should be,")
	ui.Say("P3 is worth a thought, P4 is small, P5 is a remark. See docs/review/README.md.\n")
	ui.Say("**Well done.** %s\n", r.wellDone())
	all := r.comments()
	shown := min(MostComments, len(all))
	for _, c := range all[:shown] {
		ui.Say("**%s** `%s` %s\n", c.level, c.where, c.text)
	}
	if left := all[shown:]; len(left) > 0 {
		var places []string
		for _, c := range left {
			places = append(places, c.level+" `"+c.where+"`")
		}
		ui.Say("And %d more, the worst first: %s.\n", len(left), strings.Join(places, ", "))
	}
}

// toFill is what a draft says where it knows of nothing: praise of nothing in
// particular is none, and a machine has not read the code.
const toFill text.Key = "(name one line that you liked, and why)"

// wellDone is one thing that is good about the work: a sentence of the guide that a
// row of its own holds, about code that the learner wrote in their own way. What
// comes late in the chapter comes first. Where the judge was changed, nobody knows.
func (r reviewed) wellDone() string {
	if len(r.tampering())+len(r.Missing)+len(r.Tests) > 0 {
		return toFill.String()
	}
	for _, v := range slices.Backward(r.Verdicts) {
		if v.Status != gorun.Passes || !r.isOwn(v.Exercise) || r.isFound(v.Exercise) {
			continue
		}
		for _, p := range r.rubric.Praise {
			if p.ID == v.Exercise.ID && holds(v, p.Row) {
				return fmt.Sprintf("%s (%s): %s", v.Exercise, r.Chapter.At(v.Exercise), p.Text)
			}
		}
	}
	return toFill.String()
}

// holds reports whether a row ran, and is green.
func holds(v gorun.Verdict, name string) bool {
	return slices.ContainsFunc(v.Rows, func(row gorun.Row) bool { return row.Name == name && !row.Red() })
}

// comments are all of them, the gravest first.
func (r reviewed) comments() []comment {
	all := slices.Concat(r.ofSecrets(), r.ofHarness(), r.ofRun(), r.ofVerdicts(), r.ofFindings(), r.ofFiles(),
		r.ofRubric())
	slices.SortStableFunc(all, func(x, y comment) int {
		return cmp.Or(cmp.Compare(x.level, y.level), cmp.Compare(x.rank, y.rank))
	})
	return all
}
