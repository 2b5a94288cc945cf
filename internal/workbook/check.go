package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"example.com/authbook/internal/mark"
)

// check runs the tests of a chapter or an exercise and says what is next.
func check(ctx context.Context, a *app, args arguments) error {
	ch, chosen, err := a.choose(args.first())
	if err != nil {
		return err
	}
	if args.flags["--ci"] {
		return a.checkCI(ctx, ch)
	}
	report, err := a.examine(ctx, ch, chosen, effort{race: true})
	if err != nil {
		return err
	}
	if err := a.print(report); err != nil {
		return err
	}
	if !report.green() {
		return errRed
	}
	return nil
}

// choose returns the chapter that a word means, and of it the exercises: all,
// or the one. No word is the chapter the learner is in.
func (a *app) choose(word string) (*chapter, []mark.Exercise, error) {
	if word == "" {
		ch, err := a.current()
		if err != nil {
			return nil, nil, err
		}
		return ch, ch.exercises, nil
	}
	if strings.Contains(word, ".") {
		ch, e, err := a.exercise(word)
		return ch, []mark.Exercise{e}, err
	}
	ch, err := a.chapter(word)
	if err == nil && len(ch.exercises) == 0 {
		err = refuse(fmt.Sprintf("chapter %d has no exercises", ch.number), "go test ./"+ch.name)
	}
	if err != nil {
		return nil, nil, err
	}
	return ch, ch.exercises, nil
}

// current is the chapter the learner is in: that of the current exercise if it
// is started here, else the first started one with something open.
func (a *app) current() (*chapter, error) {
	chapters, err := a.chapters()
	if err != nil {
		return nil, err
	}
	p := a.readProgress()
	if i, ok := mark.ParseID(p.Current); ok {
		for _, ch := range chapters {
			if ch.number == i.Chapter && ch.started {
				return ch, nil
			}
		}
	}
	for _, ch := range chapters {
		if ch.started && slices.ContainsFunc(ch.exercises, func(e mark.Exercise) bool { return !p.passed(e) }) {
			return ch, nil
		}
	}
	return nil, refuse("no chapter is started here", fmt.Sprintf("go tool workbook start %d", firstWithExercises(chapters).number))
}

func firstWithExercises(chapters []*chapter) *chapter {
	i := slices.IndexFunc(chapters, func(ch *chapter) bool { return len(ch.exercises) > 0 })
	return chapters[max(i, 0)]
}

// report is what check found out.
type report struct {
	chapter  *chapter
	chosen   []mark.Exercise
	verdicts []verdict
	others   []row // red ones that belong to no exercise, such as Examples
	out      outcome
	tampered []string // test files that are not as they were
}

func (r report) green() bool {
	_, open := firstOpen(r.verdicts)
	return !open && r.out.build == "" && r.out.crash == "" && len(r.others) == 0 && len(r.tampered) == 0
}

// cut says why the tests did not come to their end, "" if they did.
func (r report) cut() string {
	switch {
	case r.out.build != "":
		return "it does not compile"
	case r.out.crash != "":
		return "the tests broke off: " + readCrash(r.out.crash, r.chapter.name).String()
	}
	return ""
}

// asked is what the learner asked to check: a chapter or an exercise.
func (r report) asked() string {
	if len(r.chosen) == 1 && len(r.chapter.exercises) > 1 {
		return r.chosen[0].ID.String()
	}
	return fmt.Sprint(r.chapter.number)
}

// whole reports whether all of the chapter was checked.
func (r report) whole() bool { return len(r.chosen) == len(r.chapter.exercises) }

// effort is how hard a check tries. A table that the learner wrote runs 20 times
// in any case: catching a flaw by luck does not count.
type effort struct {
	times int  // how often each test runs; 0 is once, and Go may remember the result
	race  bool // tables run under the race detector, where there is one
}

// examine runs the tests of some exercises of a chapter.
func (a *app) examine(ctx context.Context, ch *chapter, chosen []mark.Exercise, try effort) (report, error) {
	r := report{chapter: ch, chosen: chosen}
	if gone, ok := errors.AsType[refusal](ch.broken); ok {
		return r, gone // a syntax error, in contrast, is the compiler's to tell
	}
	var err error
	if r.tampered, err = ch.tampered(); err != nil {
		return r, err
	}
	run := testRun{chapter: ch.name, limit: a.limit, times: try.times}
	if !r.whole() {
		run.only = patternsOf(chosen)
	}
	done := a.ui.progress("running the tests of " + ch.name)
	r.out, err = a.testThrough(ctx, run)
	done()
	if err != nil {
		return r, err
	}
	if r.verdicts, err = a.judgeFairly(ctx, ch, chosen, r.out); err != nil {
		return r, err
	}
	r.others = strays(chosen, r.out)
	if err := a.repeatTables(ctx, &r, try.race); err != nil {
		return r, err
	}
	a.remember(r)
	return r, nil
}

// repeatLimit is the time limit of twenty runs, perhaps under the race detector.
func repeatLimit(once time.Duration) time.Duration { return 5 * once }

// repeats is how often a table that the learner wrote must catch a flaw.
const repeats = 20

// repeatTables runs the tables that passed again, in other orders.
func (a *app) repeatTables(ctx context.Context, r *report, race bool) error {
	var tables []mark.Exercise
	for _, v := range r.verdicts {
		if v.exercise.Table && v.status == passes && r.chapter.started {
			tables = append(tables, v.exercise)
		}
	}
	if len(tables) == 0 {
		return nil
	}
	out, err := a.repeat(ctx, r.chapter, tables, race)
	if err != nil {
		return err
	}
	if out.crash != "" {
		r.out.crash = out.crash
	}
	for _, again := range judge(tables, out) {
		i := slices.IndexFunc(r.verdicts, func(v verdict) bool { return v.exercise.ID == again.exercise.ID })
		r.verdicts[i] = again
	}
	return nil
}

// repeat runs the tests of some tables twenty times.
func (a *app) repeat(ctx context.Context, ch *chapter, tables []mark.Exercise, race bool) (outcome, error) {
	run := testRun{chapter: ch.name, only: patternsOf(tables), limit: repeatLimit(a.limit), times: repeats}
	run.race = race && canRace(ctx, a.root)
	what := fmt.Sprintf("running the tables %d times", repeats)
	if run.race {
		what += " with -race; the first time takes a minute"
	}
	defer a.ui.progress(what)()
	return a.test(ctx, run)
}

// patternsOf is the pattern of several exercises.
func patternsOf(exercises []mark.Exercise) mark.Pattern {
	var p mark.Pattern
	for _, e := range exercises {
		p = append(p, e.Tests...)
	}
	return p
}

// remember notes the result. Where nothing can be written a check is as good.
func (a *app) remember(r report) {
	if !r.chapter.started || r.out.build != "" || r.out.crash != "" {
		return
	}
	p := a.readProgress()
	p.record(r.verdicts)
	a.note(p)
}

// tampered returns the test files that differ from the reference outside the
// tables that are exercises. Red rows are no use if the rows have changed.
func (ch *chapter) tampered() ([]string, error) {
	var all []string
	for name, text := range ch.reference {
		if !strings.HasSuffix(name, "_test.go") {
			continue
		}
		want, err := skeleton(name, text)
		if err != nil {
			return nil, err
		}
		got, err := skeleton(name, ch.disk[name])
		if err == nil && got != want { // a syntax error is told by the compiler
			all = append(all, name)
		}
		if ch.disk[name] == "" {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return slices.Compact(all), nil
}

// progress shows on a terminal that something takes its time. The function
// that it returns ends that.
func (u *ui) progress(what string) (done func()) {
	if !u.screen {
		return func() {}
	}
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		select {
		case <-stop:
			return
		case <-time.After(500 * time.Millisecond):
		}
		// A line that goes on below could not be taken away again.
		fmt.Fprint(u.out, u.paint(faint, widths().Truncate(what+" …", u.width-1, "")))
		<-stop
		fmt.Fprint(u.out, "\r\x1b[K")
	}()
	return func() {
		close(stop)
		<-stopped
	}
}
