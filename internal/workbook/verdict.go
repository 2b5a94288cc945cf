package main

import (
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
)

// status is the state of an exercise after a run of its tests.
type status int

const (
	passes   status = iota
	blank           // nothing is written yet
	waits           // it is written, but rows need another exercise that is blank or red
	fails           // rows fail
	untested        // no test of it ran
	unknown         // the tests do not compile, or broke off before they failed
)

// verdict is what a run says about one exercise.
type verdict struct {
	exercise mark.Exercise
	status   status
	rows     []row
	failing  []row
}

// judge gives each exercise its verdict.
func judge(exercises []mark.Exercise, out outcome) []verdict {
	var all []verdict
	for _, e := range exercises {
		v := verdict{exercise: e}
		for _, r := range out.rows {
			if e.Tests.Matches(r.name) {
				v.rows = append(v.rows, r)
				if r.red() {
					v.failing = append(v.failing, r)
				}
			}
		}
		v.status = v.judge()
		if (out.build != "" || out.crash != "") && v.status != blank && v.status != fails {
			v.status = unknown
		}
		all = append(all, v)
	}
	return all
}

// strays returns the red rows that belong to no exercise and wait for none.
func strays(exercises []mark.Exercise, out outcome) []row {
	mine := patternsOf(exercises)
	return slices.DeleteFunc(slices.Clone(out.rows), func(r row) bool {
		return !r.red() || r.waits() || mine.Matches(r.name)
	})
}

func (v verdict) judge() status {
	switch {
	case v.exercise.Blank:
		return blank
	case len(v.rows) == 0:
		return untested
	case len(v.failing) == 0:
		return passes
	case !slices.ContainsFunc(v.failing, func(r row) bool { return !r.waits() }):
		return waits
	}
	return fails
}

// waits reports whether a row fails as long as another exercise does.
func (r row) waits() bool { return r.red() && r.todo() != "" }

// todo returns what a row waits for, "1.3 Chain": a blank that kept it from
// running, or an exercise that it needs and that is red itself.
func (r row) todo() string {
	_, rest, ok := strings.Cut(r.output, ": TODO ")
	if !ok {
		return r.blames
	}
	name, _, _ := strings.Cut(rest, " — ")
	return name
}

// awaited is the exercise to work on: the one that v waits for, else its own.
func (v verdict) awaited(ch *chapter) mark.Exercise {
	if v.status == waits {
		for _, e := range ch.exercises {
			if e.String() == v.failing[0].todo() {
				return e
			}
		}
	}
	return v.exercise
}

// names returns the names of rows.
func names(rows []row) []string {
	var all []string
	for _, r := range rows {
		all = append(all, r.name)
	}
	return all
}

// firstOpen is the exercise to work on: the first that is not green and does
// not wait for another.
func firstOpen(verdicts []verdict) (verdict, bool) {
	for _, open := range []func(verdict) bool{
		func(v verdict) bool { return v.status != passes && v.status != waits },
		func(v verdict) bool { return v.status != passes },
	} {
		if i := slices.IndexFunc(verdicts, open); i >= 0 {
			return verdicts[i], true
		}
	}
	return verdict{}, false
}
