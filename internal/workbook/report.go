package main

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// print tells the learner what check found out, and what is next.
func (a *app) print(r report) error {
	switch {
	case r.out.build != "":
		a.printBuild(r)
	case r.out.crash != "":
		a.printCrash(r)
	default:
		a.printVerdicts(r)
		if err := a.printOpen(r); err != nil {
			return err
		}
	}
	a.printTampered(r)
	return nil
}

// printVerdicts prints one line for each exercise.
func (a *app) printVerdicts(r report) {
	a.ui.say("%s", a.ui.paint(bold, r.chapter.name))
	longest := 0
	for _, v := range r.verdicts {
		longest = max(longest, columnsOf(v.exercise.Name))
	}
	for _, v := range r.verdicts {
		sign, words := a.verdictLine(v)
		a.ui.say("  %s %-5s %s  %s", sign, v.exercise.ID, pad(v.exercise.Name, longest), words)
	}
}

func (a *app) verdictLine(v verdict) (sign, words string) {
	switch v.status {
	case passes:
		return a.ui.paint(green, "✓"), count(len(v.rows), "row")
	case blank:
		return a.ui.paint(faint, "○"), "to do, " + count(len(v.rows), "row")
	case waits:
		return a.ui.paint(yellow, "…"), "waits for " + v.failing[0].todo()
	case unknown:
		return a.ui.paint(yellow, "…"), "not known"
	case untested:
		return a.ui.paint(red, "✗"), "no test ran: is its test file gone?"
	}
	return a.ui.paint(red, "✗"), fmt.Sprintf("%d of %s fail", len(v.failing), count(len(v.rows), "row"))
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// printOpen explains the first exercise that is not green, or says that all
// are.
func (a *app) printOpen(r report) error {
	v, open := firstOpen(r.verdicts)
	a.ui.say("")
	switch {
	case !open && len(r.others) > 0:
		a.printOthers(r)
		return nil
	case !open:
		a.printDone(r)
		a.printIdle(r)
		return nil
	}
	a.ui.say("%s %s", a.ui.paint(bold, v.exercise.String()), explain(v))
	if v.status == fails {
		a.printRows(slices.DeleteFunc(slices.Clone(v.failing), row.waits), v.exercise.Table)
	} else if v.status == blank {
		a.printNames("rows", names(v.rows))
	} else if v.status == waits && v.failing[0].blames != "" {
		a.printNames("rows", names(v.failing))
	}
	place := v.awaited(r.chapter)
	a.ui.label("edit", r.chapter.at(place))
	if s, ok, err := r.chapter.section(place.ID); err != nil {
		return err
	} else if ok {
		a.ui.label("read", r.chapter.link(s))
	}
	return a.printAdvice(r.chapter, v)
}

// printRows shows what the first failing row wrote, and the names of the
// others. Of a table it shows each impostor that the rows miss, with what it
// did; but a row that is wrong about the reference fails on impostors too,
// whatever their flaw, and then their names would only hide what to mend.
func (a *app) printRows(failing []row, table bool) {
	a.ui.label("row", failing[0].name+luck(failing[0]))
	a.printOutput(failing[0].output, 24)
	test, _, _ := strings.Cut(failing[0].name, "/")
	isImpostor := func(r row) bool { return table && strings.HasPrefix(r.name, test+"/unmasks/") }
	if isImpostor(failing[0]) { // the reference runs first
		var also []string
		for _, r := range failing[1:] {
			also = append(also, strings.TrimPrefix(r.name, test+"/unmasks/")+did(r))
		}
		a.printList("also", also)
		return
	}
	own := slices.DeleteFunc(slices.Clone(failing), isImpostor)
	var also []string
	for _, r := range own[1:] {
		also = append(also, strings.TrimPrefix(r.name, test+"/"))
	}
	a.printNames("also", also)
	if len(own) < len(failing) {
		a.ui.prose("note", "The impostors wait until your rows are right about the real one.")
	}
}

// did says what an impostor did while the table passed.
func did(r row) string {
	said := regexp.MustCompile(`got none: (.*), and your table still passed`).FindStringSubmatch(r.output)
	if said == nil {
		return ""
	}
	return "   " + said[1]
}

// printNames prints the names of rows, but not too many.
func (a *app) printNames(label string, names []string) {
	if len(names) > 6 {
		names = append(names[:5:5], fmt.Sprintf("and %d more", len(names)-5))
	}
	a.printList(label, names)
}

// printList prints names, each in a line.
func (a *app) printList(label string, names []string) {
	for _, name := range names {
		a.ui.label(label, name)
		label = ""
	}
}

// printOthers tells of red tests that belong to no exercise.
func (a *app) printOthers(r report) {
	a.ui.tell("The exercises are green. Tests that belong to none are not: they are about the chapter as a whole.")
	a.printRows(r.others, false)
	a.ui.label("next", fmt.Sprintf("go test -run '^%s$' ./%s   shows all of it", r.others[0].name, r.chapter.name))
}

// explain is the half sentence behind an exercise's name.
func explain(v verdict) string {
	switch v.status {
	case blank:
		return "is to do"
	case waits:
		words := "waits for " + v.failing[0].todo()
		if v.failing[0].blames != "" {
			words += ", which is not right yet"
		}
		return words
	case unknown:
		return "is not known"
	case untested:
		return "has no test that ran"
	}
	return "is not right yet"
}

// luck says of a row that it passes now and then.
func luck(r row) string {
	if !r.flaky() {
		return ""
	}
	return fmt.Sprintf(" (failed %d of %d times: luck does not count)", r.failed, r.failed+r.passed)
}

// printAdvice gives the hint of the wrong answer that fits, and what to type.
func (a *app) printAdvice(ch *chapter, v verdict) error {
	answers, err := ch.wrongAnswers()
	if err != nil {
		return err
	}
	if text, w, ok := hintFor(v, answers); ok {
		a.ui.prose("hint", unwrap(text))
		if ch.started {
			a.noteTold(v.exercise, w)
		}
	}
	next := "hint " + v.exercise.ID.String()
	if v.status == waits {
		next = "check " + v.awaited(ch).ID.String()
	}
	a.ui.label("next", "go tool workbook "+next)
	return nil
}

// printDone says what comes after green.
func (a *app) printDone(r report) {
	ch, p := r.chapter, a.readProgress()
	e, open := nextIn(ch, p)
	isGreen := a.ui.paint(green, "Green.")
	switch {
	case !ch.started:
		a.ui.tell("%s The chapter is not started: this is the reference.", isGreen)
		a.ui.label("next", fmt.Sprintf("go tool workbook start %d", ch.number))
	case open && p.Passed[e.ID.String()] != "":
		a.ui.tell("%s But %s has changed since it was green.", isGreen, e)
		a.ui.label("next", "go tool workbook check "+e.ID.String())
	case open:
		a.ui.tell("%s Next: %s, %s", isGreen, e, ch.at(e))
	case !r.whole():
		a.ui.tell("%s So is every exercise.", isGreen)
		a.ui.label("next", fmt.Sprintf("go tool workbook check %d   runs the tests too that belong to none", ch.number))
	default:
		a.ui.say("%s Commit, then ask for a review.", a.ui.paint(green, "All green."))
		a.ui.label("next", fmt.Sprintf("go tool workbook pr %d   and after the review: finish %d", ch.number, ch.number))
	}
}

// printIdle says which rows of a table unmask nobody, to whoever looks at that
// table alone: it is worth a word, not a mistake.
func (a *app) printIdle(r report) {
	var rows []string
	for _, i := range r.out.idle {
		if r.chosen[0].Tests.Matches(i.test) {
			rows = append(rows, strconv.Quote(i.row))
		}
	}
	if r.whole() || !r.chapter.started || len(rows) == 0 {
		return
	}
	these, them := "this row", "it if it tells"
	if len(rows) > 1 {
		these, them = "these rows", "them if they tell"
	}
	a.ui.prose("note", fmt.Sprintf("Every impostor is unmasked without %s too: %s. Keep %s a reader something.", these, strings.Join(rows, ", "), them))
}

// tidy takes out of a test's output what the test runner adds.
func tidy(output string) []string {
	noise := regexp.MustCompile(`^\s*(=== (RUN|PAUSE|CONT|NAME|ATTR)|--- FAIL:|Error Trace:|Test:\s)`)
	output = regexp.MustCompile(oneLineDiff).ReplaceAllString(output, "")
	var lines []string
	skipping := false
	for text := range strings.Lines(output) {
		text = ellipsis(strings.TrimRight(text, "\n "), 400)
		// An Error Trace may go on over lines that hold a place and nothing else.
		skipping = strings.Contains(text, "Error Trace:") || skipping && regexp.MustCompile(`^\s+\S+\.(go|s):\d+$`).MatchString(text)
		if skipping || noise.MatchString(text) || strings.TrimSpace(text) == "" {
			continue
		}
		lines = append(lines, strings.ReplaceAll(text, "\t", "  "))
	}
	return undent(lines)
}

// oneLineDiff matches testify's diff of two values of one line each, which says
// nothing that the two lines above it do not.
const oneLineDiff = `(?m)^\s*\n?^\s+Diff:\n\s+--- Expected\n\s+\+\+\+ Actual\n\s+@@ -1 \+1 @@\n\s+-.*\n\s+\+.*\n`

// ellipsis cuts a line that nobody would read to its end.
func ellipsis(line string, most int) string {
	letters := []rune(line)
	if len(letters) <= most {
		return line
	}
	return fmt.Sprintf("%s… (%d characters)", string(letters[:most]), len(letters))
}

// printOutput shows what a test wrote: at most so many lines, broken to fit,
// with the indentation that makes testify's columns.
func (a *app) printOutput(output string, most int) {
	for _, text := range shorten(tidy(output), most) {
		words := strings.TrimLeft(text, " ")
		indent := strings.Repeat(" ", 9+len(text)-len(words))
		if 9+columnsOf(text) <= a.ui.width {
			a.ui.say("%s%s", indent, words)
			continue
		}
		for _, part := range wrapLine(words, max(a.ui.width-len(indent), 30)) {
			a.ui.say("%s%s", indent, part)
		}
	}
}

// undent removes the indentation that all lines share.
func undent(lines []string) []string {
	depth := -1
	for _, line := range lines {
		if d := len(line) - len(strings.TrimLeft(line, " ")); depth < 0 || d < depth {
			depth = d
		}
	}
	out := slices.Clone(lines)
	for i := range out {
		out[i] = out[i][depth:]
	}
	return out
}

func shorten(lines []string, most int) []string {
	if len(lines) <= most {
		return lines
	}
	return append(lines[:most:most], fmt.Sprintf("… %d lines more: go test -v", len(lines)-most))
}

// printTampered says how to take back test files.
func (a *app) printTampered(r report) {
	for _, name := range r.tampered {
		a.ui.say("")
		a.ui.tell("%s %s/%s %s. Tests of your own belong in a file of their own.", a.ui.paint(red, "✗"), r.chapter.name, name, r.chapter.fate(name))
		a.ui.label("next", fmt.Sprintf("go tool workbook reset %s/%s", r.chapter.name, name))
	}
}

// printCrash tells of a run that broke off.
func (a *app) printCrash(r report) {
	c := readCrash(r.out.crash, r.chapter.name)
	name := c.test
	if name == "" {
		name = r.chapter.name
	}
	a.ui.say("%s %s", a.ui.paint(red, name+":"), c.what)
	if c.where != "" {
		a.ui.label("where", c.where)
	} else {
		a.printOutput(r.out.crash, 12)
	}
	if v, ok := owner(r, c.test); ok {
		a.ui.label("edit", r.chapter.at(v.exercise))
	}
	a.ui.label("next", fmt.Sprintf("go test -run '%s' ./%s   shows all of it", c.test, r.chapter.name))
}

// owner is the exercise that a test belongs to.
func owner(r report, test string) (verdict, bool) {
	i := slices.IndexFunc(r.verdicts, func(v verdict) bool { return v.exercise.Tests.Matches(test) })
	if i < 0 || test == "" {
		return verdict{}, false
	}
	return r.verdicts[i], true
}
