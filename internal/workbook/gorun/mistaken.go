package gorun

import (
	"context"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
)

// TestMistaken runs the tests of an exercise over the reference with a wrong answer in
// it. The learner's files have no part in it.
func (r *Runner) TestMistaken(ctx context.Context, ch *course.Chapter, w course.WrongAnswer) (Verdict, error) {
	version, err := ch.Mistaken(ctx, r.Course.Root, w)
	if err != nil {
		return Verdict{}, err
	}
	dir, clean, err := course.NewScratch()
	if err != nil {
		return Verdict{}, err
	}
	defer clean()
	overlay, err := r.Course.WriteOverlay(dir.Folder(), map[*course.Chapter]course.Tree{ch: version})
	if err != nil {
		return Verdict{}, err
	}
	e, _ := course.Find(ch.Exercises, w.ID)
	out, err := r.TestThrough(ctx, TestRun{Chapter: ch.Name, Only: e.Tests, Overlay: overlay, Limit: r.Limit})
	return Judge([]mark.Exercise{e}, out)[0], err
}
