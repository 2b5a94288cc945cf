package main

import (
	"context"
	"errors"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Repository is the real course, seen from this package.
const Repository = "../.."

// TestRealChapters starts every real chapter and takes it back, exercise by
// exercise.
func TestRealChapters(t *testing.T) {
	fixture.SkipUnlessLong(t)
	a := copyReal(t)
	a.ui.Out = io.Discard // the chapters write at the same time
	chapters, err := a.course.Chapters()
	require.NoError(t, err)
	for _, ch := range chapters {
		if len(ch.Exercises) == 0 {
			continue
		}
		t.Run(ch.Name, func(t *testing.T) {
			t.Parallel()
			require.NoError(t, start(t.Context(), a, term.Arguments{Words: []string{ch.Name}}))
			assertRed(t, a, ch.Name)
			revealAll(t, a, ch.Name)
			disk, err := course.ReadTree(ch.Dir)
			require.NoError(t, err)
			assert.Equal(t, slices.Sorted(maps.Keys(ch.Reference)), slices.Sorted(maps.Keys(disk)))
			for name, text := range ch.Reference {
				assert.Equal(t, text, disk[name], "what was blanked must come back as it was: %s", name)
			}
		})
	}
}

// assertRed runs a chapter that is just started: it compiles, it comes to its
// end, and every row of every exercise says TODO.
func assertRed(t *testing.T, s *session, name string) {
	t.Helper()
	ch, err := s.course.Read(name)
	require.NoError(t, err)
	require.NoError(t, ch.Broken)
	r, err := s.runner.Examine(t.Context(), ch, ch.Exercises, gorun.Effort{})
	require.NoError(t, err)
	require.Empty(t, r.Out.Build, "a blank chapter must compile")
	require.Empty(t, r.Out.Crash, "no blank may end the run")
	require.Empty(t, r.Tampered)
	for _, v := range r.Verdicts {
		assert.Equal(t, gorun.Blank, v.Status, "%s", v.Exercise)
		assert.NotEmpty(t, v.Rows, "%s: its rows must be listed", v.Exercise)
		for _, row := range v.Rows {
			assert.True(t, row.Waits(), "%s must fail with a TODO", row.Name)
		}
	}
}

func revealAll(t *testing.T, s *session, name string) {
	t.Helper()
	ch, err := s.course.Read(name)
	require.NoError(t, err)
	reference, err := ch.Reference.Exercises()
	require.NoError(t, err)
	for _, theirs := range reference {
		ch, err := s.course.Read(name) // anew each time: places move
		require.NoError(t, err)
		yours, ok := course.Find(ch.Exercises, theirs.ID)
		require.True(t, ok)
		require.NoError(t, apply(t.Context(), s, ch, yours, theirs))
	}
}

// BenchmarkCheck is what a learner waits for, on real chapters: `check` of one
// exercise, when nothing has changed and after a save. The time is broken down
// into reading the course, running the tests, and judging. bare is the same
// `go test` without the workbook, in the same loop: x-bare is what the workbook
// adds, whatever else the machine does.
func BenchmarkCheck(b *testing.B) {
	a := copyReal(b)
	for _, word := range []string{"1.3", "2.4", "4.4"} {
		_, e, err := a.course.Exercise(word)
		require.NoError(b, err)
		b.Run(word+"/unchanged", func(b *testing.B) { benchmarkCheck(b, a, e, func() {}) })
		b.Run(word+"/saved", func(b *testing.B) { benchmarkCheck(b, a, e, func() { touch(b, a, e) }) })
	}
}

// touch saves an exercise's file with another text, so that Go compiles it.
func touch(b *testing.B, s *session, e mark.Exercise) {
	ch, err := s.course.Chapter(e.ID.String()[:1])
	require.NoError(b, err)
	text := ch.Disk[e.File] + "\nvar _ = `" + time.Now().String() + "`\n"
	require.NoError(b, os.WriteFile(filepath.Join(ch.Dir, e.File), []byte(text), 0o644))
}

func benchmarkCheck(b *testing.B, s *session, e mark.Exercise, save func()) {
	bareTest(b, s, e) // builds what the chapter imports
	var bare, reading, testing, judging time.Duration
	for b.Loop() {
		save()
		bare += bareTest(b, s, e)
		save()
		began := time.Now()
		ch, e, err := s.course.Exercise(e.ID.String())
		require.NoError(b, err)
		ready := time.Now()
		out, err := s.runner.Test(b.Context(), gorun.TestRun{Chapter: ch.Name, Only: e.Tests, Limit: s.runner.Limit})
		require.NoError(b, err)
		ran := time.Now()
		verdicts := gorun.Judge([]mark.Exercise{e}, out)
		require.Equal(b, gorun.Passes, verdicts[0].Status)
		_, err = ch.Tampered()
		require.NoError(b, err)
		reading += ready.Sub(began)
		testing += ran.Sub(ready)
		judging += time.Since(ran)
	}
	perOp := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 / float64(b.N) }
	b.ReportMetric(perOp(bare), "ms-bare/op")
	b.ReportMetric(perOp(reading), "ms-read/op")
	b.ReportMetric(perOp(testing), "ms-test/op")
	b.ReportMetric(perOp(judging), "ms-judge/op")
	b.ReportMetric(float64(reading+testing+judging)/float64(bare), "x-bare")
}

// bareTest is how long `go test` takes for an exercise.
func bareTest(b *testing.B, s *session, e mark.Exercise) time.Duration {
	ch, err := s.course.Chapter(e.ID.String()[:1])
	require.NoError(b, err)
	cmd := exec.CommandContext(b.Context(), "go", "test", "-vet=off", "-run="+e.Tests.String(), "./"+ch.Name)
	cmd.Dir = s.course.Root
	began := time.Now()
	_, err = cmd.CombinedOutput()
	if _, isRed := errors.AsType[*exec.ExitError](err); !isRed {
		require.NoError(b, err)
	}
	return time.Since(began)
}

// BenchmarkWatch is the time from a save to its verdict on the screen, with a
// wrong answer in place. bare is `go test` after the same save in another copy.
func BenchmarkWatch(b *testing.B) {
	a, other := copyReal(b), copyReal(b)
	require.NoError(b, start(b.Context(), a, term.Arguments{Words: []string{"1"}}))
	ch, e, err := a.course.Exercise("1.3")
	require.NoError(b, err)
	answers, err := ch.WrongAnswers()
	require.NoError(b, err)
	i := slices.IndexFunc(answers, func(w course.WrongAnswer) bool { return w.ID == e.ID })
	wrong, err := ch.Disk.Put(e, answers[i].Text, answers[i].Imports, nil)
	require.NoError(b, err)
	require.NoError(b, a.course.Write(filepath.Join(ch.Dir, e.File), wrong[e.File]))
	require.NoError(b, a.course.ChangeProgress(func(p *course.Progress) { p.Current = e.ID.String() }))

	out := newScreen()
	a.ui.Out = out
	ctx, stop := context.WithCancel(b.Context())
	ended := make(chan error, 1)
	go func() { ended <- watch(ctx, a, term.Arguments{Words: []string{"1"}}) }()
	out.await("q quit")
	bareTest(b, other, e)
	var bare, watching time.Duration
	for b.Loop() {
		touch(b, other, e)
		bare += bareTest(b, other, e)
		began := time.Now()
		touch(b, a, e)
		out.await("q quit")
		watching += time.Since(began)
	}
	stop()
	require.NoError(b, <-ended)
	b.ReportMetric(float64(bare.Milliseconds())/float64(b.N), "ms-bare/op")
	b.ReportMetric(float64(watching.Milliseconds())/float64(b.N), "ms-save-to-verdict/op")
	b.ReportMetric(float64(watching)/float64(bare), "x-bare")
}
