package gorun

import (
	"context"
	"errors"
	"fmt"
	"time"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// Report is what check found out.
type Report struct {
	Chapter  *course.Chapter
	Chosen   []mark.Exercise
	Verdicts []Verdict
	Others   []Row // red ones that belong to no exercise, such as Examples
	Out      Outcome
	Tampered []string // test files that are not as they were
	Given    []string // where something is red: other files that are not, outside the exercises
	Missing  []string // rows that the workbook's own chapter has, and these tests don't
}

// Green reports whether all that was checked is as it should be.
func (r Report) Green() bool {
	_, open := FirstOpen(r.Verdicts)
	return !open && r.Out.Build == "" && r.Out.Crash == "" && len(r.Others)+len(r.Tampered)+len(r.Missing) == 0
}

// Cut says why the tests did not come to their end, "" if they did.
func (r Report) Cut() string {
	switch {
	case r.Out.Build != "":
		return r.Chapter.T("it does not compile")
	case r.Out.Crash != "":
		return r.Chapter.T("the tests broke off: %s", ReadCrash(r.Chapter.Language, r.Out.Crash, r.Chapter.Name))
	}
	return ""
}

// Asked is what the learner asked to check: a chapter or an exercise.
func (r Report) Asked() string {
	if len(r.Chosen) == 1 && len(r.Chapter.Exercises) > 1 {
		return r.Chosen[0].ID.String()
	}
	return fmt.Sprint(r.Chapter.Number)
}

// Whole reports whether all of the chapter was checked.
func (r Report) Whole() bool { return len(r.Chosen) == len(r.Chapter.Exercises) }

// Impostors counts those that the learner's tables unmask, and all.
func (r Report) Impostors() (unmasked, all int) {
	for _, v := range r.Verdicts {
		for _, row := range v.Rows {
			if _, ok := ImpostorIn(row.Name); !ok {
				continue
			}
			all++
			if !row.Red() {
				unmasked++
			}
		}
	}
	for _, name := range r.Missing {
		if _, ok := ImpostorIn(name); ok {
			all++
		}
	}
	return unmasked, all
}

// Passing counts the exercises that are green.
func (r Report) Passing() int {
	n := 0
	for _, v := range r.Verdicts {
		if v.Status == Passes {
			n++
		}
	}
	return n
}

// Effort is how hard a check tries. A table that the learner wrote runs 20 times
// in any case: catching a flaw by luck does not count.
type Effort struct {
	Times int  // how often each test runs; 0 is once, and Go may remember the result
	Race  bool // tables run under the race detector, where there is one
	Count bool // the rows are compared with those of the workbook's own chapter
}

// Examine runs the tests of some exercises of a chapter.
func (r *Runner) Examine(ctx context.Context, ch *course.Chapter, chosen []mark.Exercise, try Effort) (Report, error) {
	found := Report{Chapter: ch, Chosen: chosen}
	if gone, ok := errors.AsType[term.Refusal](ch.Broken); ok {
		return found, gone // a syntax error, in contrast, is the compiler's to tell
	}
	var err error
	if found.Tampered, err = ch.Tampered(); err != nil {
		return found, err
	}
	run := TestRun{Chapter: ch.Name, Limit: r.Limit, Times: try.Times}
	if !found.Whole() {
		run.Only = PatternsOf(chosen)
	}
	done := r.Out.Progress("running the tests of %s", ch.Name)
	found.Out, err = r.TestThrough(ctx, run)
	done()
	if err != nil {
		return found, err
	}
	if found.Verdicts, err = r.JudgeFairly(ctx, ch, chosen, found.Out); err != nil {
		return found, err
	}
	found.Others = strays(chosen, found.Out)
	if try.Count {
		if found.Missing, err = r.missing(ctx, found); err != nil {
			return found, err
		}
	}
	if err := r.repeatTables(ctx, &found, try.Race); err != nil {
		return found, err
	}
	remember(r.Course, r.Out, found)
	if !found.Green() {
		found.Given, err = ch.GivenChanged()
	}
	return found, err
}

// Try runs the tests of an exercise, and notes nothing.
func (r *Runner) Try(ctx context.Context, ch *course.Chapter, e mark.Exercise) (Verdict, error) {
	defer r.Out.Progress("running the tests of %s", e)()
	out, err := r.TestThrough(ctx, TestRun{Chapter: ch.Name, Only: e.Tests, Limit: r.Limit})
	if err != nil {
		return Verdict{}, err
	}
	verdicts, err := r.JudgeFairly(ctx, ch, []mark.Exercise{e}, out)
	if err != nil {
		return Verdict{}, err
	}
	return verdicts[0], nil
}

// remember notes the result. Where nothing can be written a check is as good. What does not
// compile, or does not end, is a try too; what can't be read has no text to tell tries by.
func remember(c *course.Course, printer term.Printer, found Report) {
	if !found.Chapter.Started || found.Chapter.Broken != nil {
		return
	}
	c.Note(printer, func(p *course.Progress) {
		p.NoteChecks(found.Chosen, time.Now())
		if found.Out.Build == "" && found.Out.Crash == "" {
			record(p, found.Verdicts)
		}
	})
}
