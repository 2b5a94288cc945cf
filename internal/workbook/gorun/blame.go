package gorun

import (
	"context"
	"slices"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
)

// A row that fails may have done so through an exercise that its code calls. As
// long as an earlier one of those is red itself, the row says nothing about its
// own exercise, and whoever looks for the mistake there looks in vain.

// JudgeFairly is judge, with rows that wait for earlier exercises that are red.
func (r *Runner) JudgeFairly(ctx context.Context, ch *course.Chapter, exercises []mark.Exercise,
	out Outcome) ([]Verdict, error) {
	verdicts := Judge(exercises, out)
	needed := neededBy(verdicts, ch)
	if len(needed) == 0 {
		return verdicts, nil
	}
	// Most are known when the whole chapter was checked.
	known := slices.Clone(verdicts)
	unknown := slices.DeleteFunc(needed, func(e mark.Exercise) bool {
		_, ok := course.Find(exercises, e.ID)
		return ok
	})
	if len(unknown) > 0 {
		more, err := r.TestThrough(ctx, TestRun{Chapter: ch.Name, Only: PatternsOf(unknown), Limit: r.Limit})
		if err != nil {
			return nil, err
		}
		known = append(known, Judge(unknown, more)...)
	}
	for i := range verdicts {
		verdicts[i].blame(known)
	}
	return verdicts, nil
}

// neededBy returns the earlier exercises that failing rows need.
func neededBy(verdicts []Verdict, ch *course.Chapter) []mark.Exercise {
	var all []mark.Exercise
	for _, e := range ch.Exercises {
		if slices.ContainsFunc(verdicts, func(v Verdict) bool { return v.Status == Fails && v.needs(e) }) {
			all = append(all, e)
		}
	}
	return all
}

// needs reports whether a failing row needs an earlier exercise.
func (v Verdict) needs(e mark.Exercise) bool {
	return slices.ContainsFunc(v.Failing, func(r Row) bool { return v.dependsOn(r, e) })
}

// dependsOn reports whether one of v's failing rows needs an earlier exercise.
func (v Verdict) dependsOn(r Row, e mark.Exercise) bool {
	return e.ID.Compare(v.Exercise.ID) < 0 && !r.Waits() && slices.Contains(r.needs, e.ID)
}

// blame lets the failing rows wait for the first earlier exercise that they
// need and that is red. The exercises are in the order of the course.
func (v *Verdict) blame(known []Verdict) {
	if v.Status != Fails {
		return
	}
	for i, r := range v.Failing {
		for _, other := range known {
			if other.Status == Fails && v.dependsOn(r, other.Exercise) {
				v.Failing[i].Blames = other.Exercise.String()
				break
			}
		}
	}
	v.Status = v.statusNow()
}
