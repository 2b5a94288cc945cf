package main

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/authbook/internal/mark"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// repository is the real course, seen from this package.
const repository = "../.."

// copyRepository copies what the real chapters need to run. Started chapters
// come as their reference, so the tests pass in a learner's tree too.
func copyRepository(tb testing.TB) *app {
	tb.Helper()
	dir := tb.TempDir()
	from, err := openCourse(repository)
	require.NoError(tb, err)
	rest := []string{"internal/problem", "internal/exercise", "internal/mark", "go.mod", "go.sum"}
	for _, name := range slices.Concat(from.names, rest) {
		require.NoError(tb, copyAll(filepath.Join(from.root, name), filepath.Join(dir, name)))
	}
	chapters, err := from.chapters()
	require.NoError(tb, err)
	a, _ := openApp(tb, dir)
	for _, ch := range chapters {
		require.NoError(tb, a.put(filepath.Join(dir, ch.name), ch.disk, ch.reference))
	}
	a.limit = time.Minute // the machine may be busy, and nothing should hang
	return a
}

func copyAll(from, to string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		target := to + strings.TrimPrefix(path, from)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		return os.WriteFile(target, text, 0o644)
	})
}

// TestRealChapters starts every real chapter and takes it back, exercise by
// exercise.
func TestRealChapters(t *testing.T) {
	a := copyRepository(t)
	chapters, err := a.chapters()
	require.NoError(t, err)
	for _, ch := range chapters {
		if len(ch.exercises) == 0 {
			continue
		}
		t.Run(ch.name, func(t *testing.T) {
			t.Parallel()
			require.NoError(t, start(t.Context(), a, arguments{words: []string{ch.name}}))
			assertRed(t, a, ch.name)
			revealAll(t, a, ch.name)
			disk, err := readTree(ch.dir)
			require.NoError(t, err)
			assert.Equal(t, slices.Sorted(maps.Keys(ch.reference)), slices.Sorted(maps.Keys(disk)))
			for name, text := range ch.reference {
				assert.Equal(t, text, disk[name], "what was blanked must come back as it was: %s", name)
			}
		})
	}
}

// assertRed runs a chapter that is just started: it compiles, it comes to its
// end, and every row of every exercise says TODO.
func assertRed(t *testing.T, a *app, name string) {
	t.Helper()
	ch, err := a.read(name)
	require.NoError(t, err)
	require.NoError(t, ch.broken)
	r, err := a.examine(t.Context(), ch, ch.exercises, effort{})
	require.NoError(t, err)
	require.Empty(t, r.out.build, "a blank chapter must compile")
	require.Empty(t, r.out.crash, "no blank may end the run")
	require.Empty(t, r.tampered)
	for _, v := range r.verdicts {
		assert.Equal(t, blank, v.status, "%s", v.exercise)
		assert.NotEmpty(t, v.rows, "%s: its rows must be listed", v.exercise)
		for _, row := range v.rows {
			assert.True(t, row.waits(), "%s must fail with a TODO", row.name)
		}
	}
}

func revealAll(t *testing.T, a *app, name string) {
	t.Helper()
	ch, err := a.read(name)
	require.NoError(t, err)
	reference, err := ch.reference.exercises()
	require.NoError(t, err)
	for _, theirs := range reference {
		ch, err := a.read(name) // anew each time: places move
		require.NoError(t, err)
		yours, ok := find(ch.exercises, theirs.ID)
		require.True(t, ok)
		require.NoError(t, a.apply(t.Context(), ch, yours, theirs))
	}
}

// BenchmarkCheck is what a learner waits for, on real chapters: `check` of one
// exercise, when nothing has changed and after a save. The time is broken down
// into reading the course, running the tests, and judging. bare is the same
// `go test` without the workbook, in the same loop: x-bare is what the workbook
// adds, whatever else the machine does.
func BenchmarkCheck(b *testing.B) {
	a := copyRepository(b)
	for _, word := range []string{"1.4", "2.4", "4.4"} {
		_, e, err := a.exercise(word)
		require.NoError(b, err)
		b.Run(word+"/unchanged", func(b *testing.B) { benchmarkCheck(b, a, e, func() {}) })
		b.Run(word+"/saved", func(b *testing.B) { benchmarkCheck(b, a, e, func() { touch(b, a, e) }) })
	}
}

// touch saves an exercise's file with another text, so that Go compiles it.
func touch(b *testing.B, a *app, e mark.Exercise) {
	ch, err := a.chapter(e.ID.String()[:1])
	require.NoError(b, err)
	text := ch.disk[e.File] + "\nvar _ = `" + time.Now().String() + "`\n"
	require.NoError(b, os.WriteFile(filepath.Join(ch.dir, e.File), []byte(text), 0o644))
}

func benchmarkCheck(b *testing.B, a *app, e mark.Exercise, save func()) {
	bareTest(b, a, e) // builds what the chapter imports
	var bare, reading, testing, judging time.Duration
	for b.Loop() {
		save()
		bare += bareTest(b, a, e)
		save()
		began := time.Now()
		ch, e, err := a.exercise(e.ID.String())
		require.NoError(b, err)
		ready := time.Now()
		out, err := a.test(b.Context(), testRun{chapter: ch.name, only: e.Tests, limit: a.limit})
		require.NoError(b, err)
		ran := time.Now()
		verdicts := judge([]mark.Exercise{e}, out)
		require.Equal(b, passes, verdicts[0].status)
		_, err = ch.tampered()
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
func bareTest(b *testing.B, a *app, e mark.Exercise) time.Duration {
	ch, err := a.chapter(e.ID.String()[:1])
	require.NoError(b, err)
	cmd := exec.CommandContext(b.Context(), "go", "test", "-vet=off", "-run="+e.Tests.String(), "./"+ch.name)
	cmd.Dir = a.root
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
	a, other := copyRepository(b), copyRepository(b)
	require.NoError(b, start(b.Context(), a, arguments{words: []string{"1"}}))
	ch, e, err := a.exercise("1.4")
	require.NoError(b, err)
	answers, err := ch.wrongAnswers()
	require.NoError(b, err)
	i := slices.IndexFunc(answers, func(w wrongAnswer) bool { return w.id == e.ID })
	wrong, err := ch.disk.put(e, answers[i].text, answers[i].imports, nil)
	require.NoError(b, err)
	require.NoError(b, a.write(filepath.Join(ch.dir, e.File), wrong[e.File]))
	p := emptyProgress()
	p.Current = e.ID.String()
	require.NoError(b, a.writeProgress(p))

	out := &screen{}
	a.ui.out = out
	ctx, stop := context.WithCancel(b.Context())
	ended := make(chan error, 1)
	go func() { ended <- watch(ctx, a, arguments{words: []string{"1"}}) }()
	out.await(b, "q quit")
	bareTest(b, other, e)
	var bare, watching time.Duration
	for b.Loop() {
		touch(b, other, e)
		bare += bareTest(b, other, e)
		began := time.Now()
		touch(b, a, e)
		out.await(b, "q quit")
		watching += time.Since(began)
	}
	stop()
	require.NoError(b, <-ended)
	b.ReportMetric(float64(bare.Milliseconds())/float64(b.N), "ms-bare/op")
	b.ReportMetric(float64(watching.Milliseconds())/float64(b.N), "ms-save-to-verdict/op")
	b.ReportMetric(float64(watching)/float64(bare), "x-bare")
}
