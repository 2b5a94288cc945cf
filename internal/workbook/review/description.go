package review

import (
	"fmt"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// description is the text of a pull request in Markdown: what the machine
// checked, so that the reviewer need not, and what it could not.
func (p inspection) description() string {
	var b strings.Builder
	say := func(format text.Key, args ...any) { fmt.Fprintln(&b, text.T(format, args...)) }
	say("## Chapter %d, %s\n", p.Chapter.Number, p.Chapter.Name)
	p.describeChecks(say)
	say("\n## For the reviewer\n")
	say("The decision I am unsure of: %s\n", orNothing(p.unsure))
	p.describeRevealed(say)
	p.describeOrdered(say)
	p.describeGuesses(say)
	p.describeSame(say)
	say("Review guide: docs/review/%s.md. At most two rounds.", p.Chapter.Name[:2])
	return b.String()
}

func orNothing(words string) string {
	if words == "" {
		return text.T("(none named)")
	}
	return words
}

func (p inspection) describeChecks(say func(text.Key, ...any)) {
	unmasked, impostors := p.Impostors()
	say("| checked | found |\n|---|---|")
	say("| exercises | %d of %d green |", p.Passing(), len(p.Verdicts))
	if impostors > 0 {
		say("| impostors | %d of %d unmasked |", unmasked, impostors)
	}
	say("| %s | %s |", p.tools(), countOr(len(p.problems), "no problem", "%d problem", "%d problems"))
	say("| analyzers | %s |", p.analyzed())
	say("| the workbook's tests | %s |", countOr(len(p.Tests), "no changed file", "%d changed file", "%d changed files"))
	say("| given code | %s |", countOr(len(p.touched.Given), "no changed file", "%d changed file", "%d changed files"))
	say("| what checks the work | %s |",
		countOr(len(p.Guards)+len(p.hooks)+len(p.Missing), "no change", "%d change", "%d changes"))
	say("| files beside the chapter's Go files | %s |", countOr(len(p.others), "no file", "%d file", "%d files"))
	say("| secrets in the diff | %s |", countOr(len(p.Leaks), "no place", "%d place", "%d places"))
	if p.ready() && len(p.touched.Given)+len(p.Added)+len(p.others) == 0 {
		return
	}
	say("")
	for _, v := range p.Verdicts {
		switch v.Status {
		case gorun.Fails:
			say("- %s: %s, first `%s`", v.Exercise, gorun.FailingWords(p.Chapter.Language, v), v.Failing[0].Name)
		case gorun.Blank, gorun.Waits, gorun.Untested:
			say("- %s", gorun.InWords(p.Chapter.Language, v.Exercise.String(), v))
		}
	}
	if why := p.Cut(); why != "" {
		say("- %s", why)
	}
	p.describePlaces(say)
}

func (p inspection) analyzed() string {
	if p.Out.Build != "" {
		return text.T("not run")
	}
	return countOr(len(p.findings), "no finding", "%d finding", "%d findings")
}

func countOr(n int, none, one, many text.Key) string {
	if n == 0 {
		return none.String()
	}
	return text.N(n, one, many)
}

func (p inspection) describePlaces(say func(text.Key, ...any)) {
	for _, list := range [][]string{
		p.tampering(), rowsGone(p.Report), p.problems, term.Texts(p.findings), term.Texts(p.Leaks),
		p.Chapter.Fates(p.Tests),
		course.InFiles(p.Chapter, p.touched.Given, "%s: given code was changed"),
		course.InFiles(p.Chapter, p.Added, "%s: a file of my own"),
		term.Texts(p.others),
	} {
		for _, line := range list {
			say("- %s", line)
		}
	}
}

// describeSame says which exercises are the reference's text: no blame, and a
// reviewer needs to know where there is nothing of the learner's to read.
func (p inspection) describeSame(say func(text.Key, ...any)) {
	if len(p.same) > 0 {
		say("The same as the reference, letter for letter: %s.\n", strings.Join(term.Texts(p.same), ", "))
	}
}

// describeRevealed tells which exercises were revealed, as a question: to look
// is allowed, and to talk about it is where the learning is.
func (p inspection) describeRevealed(say func(text.Key, ...any)) {
	if len(p.revealed) == 0 {
		return
	}
	say("%s\n", text.N(len(p.revealed),
		"I looked at the reference of %[2]s. What should I be able to explain about it?",
		"I looked at the reference of %[2]s. What should I be able to explain about them?",
		strings.Join(term.Texts(p.revealed), ", ")))
}

// describeOrdered tells of which exercises the learner had the lines and put them in
// order: more than a hint, less than the reference.
func (p inspection) describeOrdered(say func(text.Key, ...any)) {
	if len(p.ordered) > 0 {
		say("With the lines ordered first, then written: %s.\n", strings.Join(term.Texts(p.ordered), ", "))
	}
}

// describeGuesses tells what the learner has guessed about their own code, and wants
// to be read.
func (p inspection) describeGuesses(say func(text.Key, ...any)) {
	if len(p.guesses) > 0 {
		say("Which row turns red, or which impostor gets through, if my code changes? Asked before I looked:\n\n- %s\n",
			strings.Join(p.guesses, "\n- "))
	}
}
