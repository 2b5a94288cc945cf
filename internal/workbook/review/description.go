package review

import (
	"fmt"
	"strings"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// description is the text of a pull request in Markdown: what the machine
// checked, so that the reviewer need not, and what it could not.
func (p inspection) description() string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	say("## Chapter %d, %s\n", p.Chapter.Number, p.Chapter.Name)
	p.describeChecks(say)
	say("\n## For the reviewer\n")
	say("The decision I am unsure of: %s\n", orNothing(p.unsure))
	p.describeRevealed(say)
	p.describeOrdered(say)
	p.describeSame(say)
	say("Review guide: docs/review/%s.md. At most two rounds.", p.Chapter.Name[:2])
	return b.String()
}

func orNothing(text string) string {
	if text == "" {
		return "(none named)"
	}
	return text
}

func (p inspection) describeChecks(say func(string, ...any)) {
	unmasked, impostors := p.Impostors()
	say("| checked | found |\n|---|---|")
	say("| exercises | %d of %d green |", p.Passing(), len(p.Verdicts))
	if impostors > 0 {
		say("| impostors | %d of %d unmasked |", unmasked, impostors)
	}
	say("| %s | %s |", p.tools(), countOr(len(p.problems), "problem"))
	say("| analyzers | %s |", p.analyzed())
	say("| the workbook's tests | %s |", countOr(len(p.Tests), "changed file"))
	say("| given code | %s |", countOr(len(p.touched.Given), "changed file"))
	say("| what checks the work | %s |", countOr(len(p.Guards)+len(p.hooks)+len(p.Missing), "change"))
	say("| files beside the chapter's Go files | %s |", countOr(len(p.others), "file"))
	say("| secrets in the diff | %s |", countOr(len(p.Leaks), "place"))
	if p.ready() && len(p.touched.Given)+len(p.Added)+len(p.others) == 0 {
		return
	}
	say("")
	for _, v := range p.Verdicts {
		switch v.Status {
		case gorun.Fails:
			say("- %s: %d of %s fail, first `%s`", v.Exercise, len(v.Failing), term.Count(len(v.Rows), "row"),
				v.Failing[0].Name)
		case gorun.Blank, gorun.Waits, gorun.Untested:
			say("- %s %s", v.Exercise, gorun.InWords(v))
		}
	}
	if why := p.Cut(); why != "" {
		say("- %s", why)
	}
	p.describePlaces(say)
}

func (p inspection) analyzed() string {
	if p.Out.Build != "" {
		return "not run"
	}
	return countOr(len(p.findings), "finding")
}

func countOr(n int, what string) string {
	if n == 0 {
		return "no " + what
	}
	return term.Count(n, what)
}

func (p inspection) describePlaces(say func(string, ...any)) {
	for _, list := range [][]string{
		p.tampering(), rowsGone(p.Report), p.problems, term.Texts(p.findings), term.Texts(p.Leaks),
		p.Chapter.Fates(p.Tests),
		course.InFiles(p.Chapter, p.touched.Given, ": given code was changed"),
		course.InFiles(p.Chapter, p.Added, ": a file of my own"),
		term.Texts(p.others),
	} {
		for _, text := range list {
			say("- %s", text)
		}
	}
}

// describeSame says which exercises are the reference's text: no blame, and a
// reviewer needs to know where there is nothing of the learner's to read.
func (p inspection) describeSame(say func(string, ...any)) {
	if len(p.same) > 0 {
		say("The same as the reference, letter for letter: %s.\n", strings.Join(term.Texts(p.same), ", "))
	}
}

// describeRevealed tells which exercises were revealed, as a question: to look
// is allowed, and to talk about it is where the learning is.
func (p inspection) describeRevealed(say func(string, ...any)) {
	if len(p.revealed) == 0 {
		return
	}
	say("I looked at the reference of %s. What should I be able to explain about %s?\n",
		strings.Join(term.Texts(p.revealed), ", "), map[bool]string{true: "it", false: "them"}[len(p.revealed) == 1])
}

// describeOrdered tells of which exercises the learner had the lines and put them in
// order: more than a hint, less than the reference.
func (p inspection) describeOrdered(say func(string, ...any)) {
	if len(p.ordered) > 0 {
		say("With the lines ordered first, then written: %s.\n", strings.Join(term.Texts(p.ordered), ", "))
	}
}
