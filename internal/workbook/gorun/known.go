package gorun

import (
	"context"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
)

// A run that tells of ten green rows does not tell that there are twenty. So the
// workbook's own chapter runs too, and its rows are those that must be there.

// missing returns the rows that the workbook's own chapter has and a run lacks. Of
// a table that the learner writes these are the impostors.
func (r *Runner) missing(ctx context.Context, found Report) ([]string, error) {
	if !found.Chapter.Started || found.Out.Build != "" || found.Out.Crash != "" {
		return nil, nil
	}
	dir, clean, err := course.NewScratch()
	if err != nil {
		return nil, err
	}
	defer clean()
	overlay, err := r.Course.WriteOverlay(dir.Folder(),
		map[*course.Chapter]course.Tree{found.Chapter: found.Chapter.Reference})
	if err != nil {
		return nil, err
	}
	defer r.Out.Progress("running the workbook's own %s", found.Chapter.Name)()
	own, err := r.Test(ctx, TestRun{Chapter: found.Chapter.Name, Overlay: overlay, Limit: r.Limit})
	if err != nil {
		return nil, err
	}
	return rowsMissing(found.Chapter.Exercises, found.Out.Rows, own.Rows), nil
}

// rowsMissing returns which rows of the workbook's own run are not in another. A test that
// is red there may have ended before its rows.
func rowsMissing(exercises []mark.Exercise, there, own []Row) []string {
	tables := PatternsOf(slices.DeleteFunc(slices.Clone(exercises), func(e mark.Exercise) bool { return !e.Table }))
	isBlank := slices.ContainsFunc(exercises, func(e mark.Exercise) bool { return e.Blank })
	seen, red := map[string]bool{}, map[string]bool{}
	for _, row := range there {
		seen[row.Name] = true
		red[row.Test()] = red[row.Test()] || row.Red()
	}
	var all []string
	for _, row := range own {
		_, isImpostor := ImpostorIn(row.Name)
		switch {
		case seen[row.Name] || red[row.Test()]:
		case tables.Matches(row.Name) && !isImpostor:
		case isBlank && strings.HasPrefix(row.Name, "Example"): // TestMain leaves them out
		default:
			all = append(all, row.Name)
		}
	}
	slices.Sort(all)
	return all
}
