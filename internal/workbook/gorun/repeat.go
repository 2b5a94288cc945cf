package gorun

import (
	"context"
	"os/exec"
	"slices"
	"strings"
	"time"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
)

// RepeatLimit is the time limit of twenty runs, perhaps under the race detector.
func RepeatLimit(once time.Duration) time.Duration { return 5 * once }

// Repeats is how often a table that the learner wrote must catch a flaw.
const Repeats = 20

// repeatTables runs the tables that passed again, in other orders.
func (r *Runner) repeatTables(ctx context.Context, found *Report, race bool) error {
	var tables []mark.Exercise
	for _, v := range found.Verdicts {
		if v.Exercise.Table && v.Status == Passes && found.Chapter.Started {
			tables = append(tables, v.Exercise)
		}
	}
	if len(tables) == 0 {
		return nil
	}
	out, err := r.repeat(ctx, found.Chapter, tables, race)
	if err != nil {
		return err
	}
	if out.Crash != "" {
		found.Out.Crash = out.Crash
	}
	for _, again := range Judge(tables, out) {
		i := slices.IndexFunc(found.Verdicts, func(v Verdict) bool { return v.Exercise.ID == again.Exercise.ID })
		found.Verdicts[i] = again
	}
	return nil
}

// repeat runs the tests of some tables twenty times.
func (r *Runner) repeat(ctx context.Context, ch *course.Chapter, tables []mark.Exercise, race bool) (Outcome, error) {
	run := TestRun{Chapter: ch.Name, Only: PatternsOf(tables), Limit: RepeatLimit(r.Limit), Times: Repeats}
	run.Race = race && CanRace(ctx, r.Course.Root)
	what := text.Key("running the tables %d times")
	if run.Race {
		what = "running the tables %d times with -race; the first time takes a minute"
	}
	defer r.Out.Progress(what, Repeats)()
	return r.Test(ctx, run)
}

// PatternsOf is the pattern of several exercises.
func PatternsOf(exercises []mark.Exercise) mark.Pattern {
	var p mark.Pattern
	for _, e := range exercises {
		p = append(p, e.Tests...)
	}
	return p
}

// CanRace reports whether the race detector works here: it needs a C compiler.
func CanRace(ctx context.Context, root string) bool {
	cmd := exec.CommandContext(ctx, "go", "env", "CGO_ENABLED", "CC")
	cmd.Dir = root
	out, err := cmd.Output()
	words := strings.Fields(string(out))
	if err != nil || len(words) < 2 || words[0] != "1" {
		return false
	}
	_, err = exec.LookPath(words[1])
	return err == nil
}
