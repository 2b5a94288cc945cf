package main

import (
	"context"
	"slices"

	"example.com/authbook/internal/mark"
)

// A row that fails may have done so through an exercise that its code calls. As
// long as an earlier one of those is red itself, the row says nothing about its
// own exercise, and whoever looks for the mistake there looks in vain.

// judgeFairly is judge, with rows that wait for earlier exercises that are red.
func (a *app) judgeFairly(ctx context.Context, ch *chapter, exercises []mark.Exercise, out outcome) ([]verdict, error) {
	verdicts := judge(exercises, out)
	needed := neededBy(verdicts, ch)
	if len(needed) == 0 {
		return verdicts, nil
	}
	// Most are known when the whole chapter was checked.
	known := slices.Clone(verdicts)
	unknown := slices.DeleteFunc(needed, func(e mark.Exercise) bool {
		_, ok := find(exercises, e.ID)
		return ok
	})
	if len(unknown) > 0 {
		more, err := a.testThrough(ctx, testRun{chapter: ch.name, only: patternsOf(unknown), limit: a.limit})
		if err != nil {
			return nil, err
		}
		known = append(known, judge(unknown, more)...)
	}
	for i := range verdicts {
		verdicts[i].blame(known)
	}
	return verdicts, nil
}

// neededBy returns the earlier exercises that failing rows need.
func neededBy(verdicts []verdict, ch *chapter) []mark.Exercise {
	var all []mark.Exercise
	for _, e := range ch.exercises {
		if slices.ContainsFunc(verdicts, func(v verdict) bool { return v.status == fails && v.needs(e) }) {
			all = append(all, e)
		}
	}
	return all
}

// needs reports whether a failing row needs an earlier exercise.
func (v verdict) needs(e mark.Exercise) bool {
	return slices.ContainsFunc(v.failing, func(r row) bool { return v.leans(r, e) })
}

// leans reports whether one of v's failing rows needs an earlier exercise.
func (v verdict) leans(r row, e mark.Exercise) bool {
	return e.ID.Compare(v.exercise.ID) < 0 && !r.waits() && slices.Contains(r.needs, e.ID)
}

// blame lets the failing rows wait for the first earlier exercise that they
// need and that is red. The exercises are in the order of the course.
func (v *verdict) blame(known []verdict) {
	if v.status != fails {
		return
	}
	for i, r := range v.failing {
		for _, other := range known {
			if other.status == fails && v.leans(r, other.exercise) {
				v.failing[i].blames = other.exercise.String()
				break
			}
		}
	}
	v.status = v.judge()
}
