package gorun

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
)

// TestRun is one run of a chapter's tests.
type TestRun struct {
	Chapter string       // its folder
	Only    mark.Pattern // nil runs all
	skip    []string     // tests to leave out
	Overlay course.Overlay
	Binary  *Binary // the tests, if they are built
	Dir     string  // where Binary runs; "" is the chapter's folder
	Variant string  // the one of an exercise that counts in Binary
	Times   int     // how often each test runs; 0 is once, and Go may remember the result
	Race    bool
	Limit   time.Duration
}

// Outcome is what a run of tests had to say.
type Outcome struct {
	Rows  []Row  // in the order in which they began
	Build string // the compiler's words, "" when it compiled
	Crash string // what a run said that broke off, "" when it came to its end
	Idle  []idle // rows of learners' tables
}

// Row is one test without subtests, or one that failed before it came to them.
type Row struct {
	Name    string
	Passed  int
	Failed  int
	Output  string    // of its first failure
	Seen    string    // of an impostor that is unmasked: where it was met
	Caught  []string  // of an impostor: the learner's rows that fail on it
	Did     string    // of an impostor: what it does
	Differs string    // of one that survives: in what it differs
	needs   []mark.ID // other exercises that its code calls, told when it fails
	Blames  string    // of these the first that is written and red, "2.3 HS256.mac"
}

// idle is a row of a learner's table without which every impostor is unmasked
// too.
type idle struct{ Test, Row string }

// Test is the function that a row belongs to.
func (r Row) Test() string {
	name, _, _ := strings.Cut(r.Name, "/")
	return name
}

// Red reports whether a row failed, be it once in many times.
func (r Row) Red() bool { return r.Failed > 0 }

// Flaky reports whether a row could not make up its mind.
func (r Row) Flaky() bool { return r.Failed > 0 && r.Passed > 0 }

// ImpostorIn reads TestScenarios/unmasks/never-expires.
func ImpostorIn(row string) (string, bool) {
	_, name, ok := strings.Cut(row, "/unmasks/")
	return name, ok
}

// Test runs a chapter's tests. That tests fail, or do not compile, is an
// outcome; an error is a run that could not be made.
func (r *Runner) Test(ctx context.Context, run TestRun) (Outcome, error) {
	cmd := exec.CommandContext(ctx, "go", append([]string{"test"}, run.args()...)...)
	cmd.Dir = r.Course.Root
	if run.Binary != nil {
		cmd = exec.CommandContext(ctx, run.Binary.Test2json, run.binaryArgs()...)
		cmd.Dir = cmp.Or(run.Dir, filepath.Join(r.Course.Root, run.Chapter))
	}
	cmd.Env = append(os.Environ(), course.OverlayVariable+"="+string(run.Overlay), VariantVariable+"="+run.Variant)
	cmd.WaitDelay = time.Second // a test that hangs keeps the pipe open
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if ctx.Err() != nil {
		return Outcome{}, ctx.Err()
	}
	out, events := readEvents(r.Course.Language, &stdout)
	if run.Times > 0 { // shuffled: the same report each time
		slices.SortStableFunc(out.Rows, func(x, y Row) int { return strings.Compare(x.Test(), y.Test()) })
	}
	if err != nil && events == 0 {
		return out, fmt.Errorf("go test: %w\n  %s", err, strings.TrimSpace(stderr.String()))
	}
	if err != nil && out.Build == "" && out.Crash == "" && !slices.ContainsFunc(out.Rows, Row.Red) {
		out.Crash = strings.TrimSpace(r.Course.T("go test failed and no test did") + "\n" + stderr.String())
	}
	return out, nil
}

// args is the command line of `go test`. Vet is left out: the editor and CI run
// it, and a learner waits for this.
func (r TestRun) args() []string {
	args := append(r.flags("-"), "-json", "-vet=off")
	if r.Overlay != "" {
		args = append(args, "-overlay="+string(r.Overlay))
	}
	if r.Race {
		args = append(args, "-race")
	}
	return append(args, "./"+r.Chapter)
}

// binaryArgs is what `go test` does for tests that are built.
func (r TestRun) binaryArgs() []string {
	return slices.Concat([]string{"-t", r.Binary.Path, "-test.v=test2json", "-test.paniconexit0"}, r.flags("-test."))
}

// flags are those that `go test` hands on to the tests, with their prefix there.
func (r TestRun) flags(prefix string) []string {
	args := []string{prefix + "timeout=" + r.Limit.String()}
	if r.Only != nil {
		args = append(args, prefix+"run="+r.Only.String())
	}
	if len(r.skip) > 0 {
		args = append(args, prefix+"skip=^("+strings.Join(r.skip, "|")+")$")
	}
	if r.Times > 0 {
		args = append(args, prefix+"count="+strconv.Itoa(r.Times), prefix+"shuffle=on")
	}
	return args
}

// Binary is a chapter's tests, built.
type Binary struct{ Path, Test2json string }

// Compiling and linking take far longer than a chapter's tests. So prove builds
// them once, with every variant of every exercise in them, and an environment
// variable says which counts in a run:
//
//	func Chain(p0 ...Middleware) Middleware {
//		switch workbookVariant {
//		case "01-middleware/testdata/wrong/1.3-backwards.diff":
//			return workbook7(p0...)
//		}
//		return workbook6(p0...)
//	}

// VariantVariable is that variable. None is the reference.
const VariantVariable = "WORKBOOK_VARIANT"

// All is everything that a run's failures wrote.
func (o Outcome) All() string {
	var b strings.Builder
	for _, r := range o.Rows {
		b.WriteString(r.Output)
	}
	return b.String() + o.Crash
}

// Program is the name of an executable file.
func Program(path string) string {
	if runtime.GOOS == "windows" {
		return path + ".exe"
	}
	return path
}
