package main

import (
	"fmt"
	"strings"
)

// description is the text of a pull request in Markdown: what the machine
// checked, so that the reviewer need not, and what it could not.
func (p inspection) description() string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	say("## Chapter %d, %s\n", p.chapter.number, p.chapter.name)
	p.describeChecks(say)
	say("\n## For the reviewer\n")
	say("The decision I am unsure of: %s\n", orNothing(p.unsure))
	p.describeRevealed(say)
	say("Review guide: docs/review/%s.md. At most two rounds.", p.chapter.name[:2])
	return b.String()
}

func orNothing(text string) string {
	if text == "" {
		return "(none named)"
	}
	return text
}

func (p inspection) describeChecks(say func(string, ...any)) {
	unmasked, impostors := p.impostors()
	say("| checked | found |\n|---|---|")
	say("| exercises | %d of %d green |", p.passing(), len(p.verdicts))
	if impostors > 0 {
		say("| impostors | %d of %d unmasked |", unmasked, impostors)
	}
	say("| %s | %s |", p.tools(), countOr(len(p.problems), "problem"))
	say("| analyzers | %s |", p.analyzed())
	say("| the workbook's tests | %s |", countOr(len(p.changed.tests), "changed file"))
	say("| given code | %s |", countOr(len(p.changed.given), "changed file"))
	say("| files outside the chapter | %s |", countOr(len(p.outside), "file"))
	say("| secrets in the diff | %s |", countOr(len(p.leaks), "place"))
	if p.ready() && len(p.changed.given)+len(p.changed.added)+len(p.outside) == 0 {
		return
	}
	say("")
	for _, v := range p.verdicts {
		switch v.status {
		case fails:
			say("- %s: %d of %s fail, first `%s`", v.exercise, len(v.failing), count(len(v.rows), "row"), v.failing[0].name)
		case blank, waits, untested:
			say("- %s %s", v.exercise, explain(v))
		}
	}
	if why := p.cut(); why != "" {
		say("- %s", why)
	}
	p.describePlaces(say)
}

func (p inspection) analyzed() string {
	if p.out.build != "" {
		return "not run"
	}
	return countOr(len(p.findings), "finding")
}

func countOr(n int, what string) string {
	if n == 0 {
		return "no " + what
	}
	return count(n, what)
}

func (p inspection) describePlaces(say func(string, ...any)) {
	for _, list := range [][]string{
		p.problems, texts(p.findings), texts(p.leaks), p.changed.saved,
		p.chapter.fates(p.changed.tests),
		inFiles(p.chapter, p.changed.given, ": given code was changed"),
		inFiles(p.chapter, p.changed.added, ": a file of my own"),
	} {
		for _, text := range list {
			say("- %s", text)
		}
	}
	for _, file := range p.outside {
		say("- %s: outside the chapter", file)
	}
}

// describeRevealed tells which exercises were revealed, as a question: to look
// is allowed, and to talk about it is where the learning is.
func (p inspection) describeRevealed(say func(string, ...any)) {
	if len(p.revealed) == 0 {
		return
	}
	say("I looked at the reference of %s. What should I be able to explain about %s?\n",
		strings.Join(texts(p.revealed), ", "), map[bool]string{true: "it", false: "them"}[len(p.revealed) == 1])
}
