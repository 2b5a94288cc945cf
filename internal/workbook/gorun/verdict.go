package gorun

import (
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
)

// Status is the state of an exercise after a run of its tests.
type Status int

// The states, from the best.
const (
	Passes   Status = iota // every row is green
	Blank                  // nothing is written yet
	Waits                  // it is written, but rows need another exercise that is blank or red
	Fails                  // rows fail
	Untested               // no test of it ran
	Unknown                // the tests do not compile, or broke off before they failed
)

// Verdict is what a run says about one exercise.
type Verdict struct {
	Exercise mark.Exercise
	Status   Status
	Rows     []Row
	Failing  []Row
}

// Judge gives each exercise its verdict.
func Judge(exercises []mark.Exercise, out Outcome) []Verdict {
	var all []Verdict
	for _, e := range exercises {
		v := Verdict{Exercise: e}
		for _, r := range out.Rows {
			if e.Tests.Matches(r.Name) {
				v.Rows = append(v.Rows, r)
				if r.Red() {
					v.Failing = append(v.Failing, r)
				}
			}
		}
		slices.SortStableFunc(v.Failing, func(a, b Row) int { return e.Tests.Place(a.Name) - e.Tests.Place(b.Name) })
		v.Status = v.statusNow()
		if (out.Build != "" || out.Crash != "") && v.Status != Blank && v.Status != Fails {
			v.Status = Unknown
		}
		all = append(all, v)
	}
	return all
}

// strays returns the red rows that belong to no exercise and wait for none.
func strays(exercises []mark.Exercise, out Outcome) []Row {
	mine := PatternsOf(exercises)
	return slices.DeleteFunc(slices.Clone(out.Rows), func(r Row) bool {
		return !r.Red() || r.Waits() || mine.Matches(r.Name)
	})
}

func (v Verdict) statusNow() Status {
	switch {
	case v.Exercise.Blank:
		return Blank
	case len(v.Rows) == 0:
		return Untested
	case len(v.Failing) == 0:
		return Passes
	case !slices.ContainsFunc(v.Failing, func(r Row) bool { return !r.Waits() }):
		return Waits
	}
	return Fails
}

// Waits reports whether a row fails as long as another exercise does.
func (r Row) Waits() bool { return r.Red() && r.Todo() != "" }

// Todo returns what a row waits for, "1.3 Chain": a blank that kept it from
// running, or an exercise that it needs and that is red itself.
func (r Row) Todo() string {
	_, rest, ok := strings.Cut(r.Output, ": TODO ")
	if !ok {
		return r.Blames
	}
	name, _, _ := strings.Cut(rest, " — ")
	return name
}

// Awaited is the exercise to work on: the one that v waits for, else its own.
func (v Verdict) Awaited(ch *course.Chapter) mark.Exercise {
	if v.Status == Waits {
		for _, e := range ch.Exercises {
			if e.String() == v.Failing[0].Todo() {
				return e
			}
		}
	}
	return v.Exercise
}

// RedFrom returns the failing rows that wait for nothing, and this one first.
func (v Verdict) RedFrom(first Row) []Row {
	red := slices.DeleteFunc(slices.Clone(v.Failing), Row.Waits)
	if i := slices.IndexFunc(red, func(r Row) bool { return r.Name == first.Name }); i > 0 {
		red = slices.Insert(slices.Delete(red, i, i+1), 0, first)
	}
	return red
}

// WrongAboutTheRight reports whether a table of the learner's fails on the server
// that has no mistake.
func (v Verdict) WrongAboutTheRight() bool {
	return v.Exercise.Table && slices.ContainsFunc(v.Failing, func(r Row) bool {
		return strings.Contains(r.Name, "/reference/")
	})
}

// Impostors are the rows of a table that are about one.
func (v Verdict) Impostors() []Row {
	return slices.DeleteFunc(slices.Clone(v.Rows), func(row Row) bool {
		_, ok := ImpostorIn(row.Name)
		return !ok
	})
}

// Names returns the names of rows.
func Names(rows []Row) []string {
	var all []string
	for _, r := range rows {
		all = append(all, r.Name)
	}
	return all
}

// FirstOpen is the exercise to work on: the first that is not green and does
// not wait for another.
func FirstOpen(verdicts []Verdict) (Verdict, bool) {
	for _, open := range []func(Verdict) bool{
		func(v Verdict) bool { return v.Status != Passes && v.Status != Waits },
		func(v Verdict) bool { return v.Status != Passes },
	} {
		if i := slices.IndexFunc(verdicts, open); i >= 0 {
			return verdicts[i], true
		}
	}
	return Verdict{}, false
}

// record notes which exercises are green and where the learner is.
func record(p *course.Progress, verdicts []Verdict) {
	for _, v := range verdicts {
		key := v.Exercise.ID.String()
		delete(p.Passed, key)
		if v.Status == Passes {
			p.Passed[key] = course.Fingerprint(v.Exercise.Text)
			p.NoteGreen(key, p.Checked)
		}
	}
	if v, ok := FirstOpen(verdicts); ok {
		p.Current = v.Exercise.ID.String()
	}
}
