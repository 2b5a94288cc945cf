package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.com/authbook/internal/mark"
)

// testRun is one run of a chapter's tests.
type testRun struct {
	chapter string       // its folder
	only    mark.Pattern // nil runs all
	skip    []string     // tests to leave out
	overlay overlay
	binary  *binary // the tests, if they are built
	variant string  // the one of an exercise that counts in binary
	times   int     // how often each test runs; 0 is once, and Go may remember the result
	race    bool
	limit   time.Duration
}

// outcome is what a run of tests had to say.
type outcome struct {
	rows  []row  // in the order in which they began
	build string // the compiler's words, "" when it compiled
	crash string // what a run said that broke off, "" when it came to its end
	idle  []idle // rows of learners' tables
}

// row is one test without subtests, or one that failed before it came to them.
type row struct {
	name   string
	passed int
	failed int
	output string    // of its first failure
	needs  []mark.ID // other exercises that its code calls, told when it fails
	blames string    // of these the first that is written and red, "2.3 HS256.mac"
}

// idle is a row of a learner's table without which every impostor is unmasked
// too.
type idle struct{ test, row string }

// test is the function that a row belongs to.
func (r row) test() string {
	name, _, _ := strings.Cut(r.name, "/")
	return name
}

// red reports whether a row failed, be it once in many times.
func (r row) red() bool { return r.failed > 0 }

// flaky reports whether a row could not make up its mind.
func (r row) flaky() bool { return r.failed > 0 && r.passed > 0 }

// test runs a chapter's tests. That tests fail, or do not compile, is an
// outcome; an error is a run that could not be made.
func (c *course) test(ctx context.Context, r testRun) (outcome, error) {
	cmd := exec.CommandContext(ctx, "go", append([]string{"test"}, r.args()...)...)
	cmd.Dir = c.root
	if r.binary != nil {
		cmd = exec.CommandContext(ctx, r.binary.test2json, r.binaryArgs()...)
		cmd.Dir = filepath.Join(c.root, r.chapter)
	}
	cmd.Env = append(os.Environ(), overlayVariable+"="+string(r.overlay), variantVariable+"="+r.variant)
	cmd.WaitDelay = time.Second // a test that hangs keeps the pipe open
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if ctx.Err() != nil {
		return outcome{}, ctx.Err()
	}
	out, events := read(&stdout)
	if r.times > 0 { // shuffled: the same report each time
		slices.SortStableFunc(out.rows, func(x, y row) int { return strings.Compare(x.test(), y.test()) })
	}
	if err != nil && events == 0 {
		return out, fmt.Errorf("go test: %w\n  %s", err, strings.TrimSpace(stderr.String()))
	}
	if err != nil && out.build == "" && out.crash == "" && !slices.ContainsFunc(out.rows, row.red) {
		out.crash = strings.TrimSpace("go test failed and no test did\n" + stderr.String())
	}
	return out, nil
}

// args is the command line of `go test`. Vet is left out: the editor and CI run
// it, and a learner waits for this.
func (r testRun) args() []string {
	args := append(r.flags("-"), "-json", "-vet=off")
	if r.overlay != "" {
		args = append(args, "-overlay="+string(r.overlay))
	}
	if r.race {
		args = append(args, "-race")
	}
	return append(args, "./"+r.chapter)
}

// binaryArgs is what `go test` does for tests that are built.
func (r testRun) binaryArgs() []string {
	return slices.Concat([]string{"-t", r.binary.path, "-test.v=test2json", "-test.paniconexit0"}, r.flags("-test."))
}

// flags are those that `go test` hands on to the tests, with their prefix there.
func (r testRun) flags(prefix string) []string {
	args := []string{prefix + "timeout=" + r.limit.String()}
	if r.only != nil {
		args = append(args, prefix+"run="+r.only.String())
	}
	if len(r.skip) > 0 {
		args = append(args, prefix+"skip=^("+strings.Join(r.skip, "|")+")$")
	}
	if r.times > 0 {
		args = append(args, prefix+"count="+strconv.Itoa(r.times), prefix+"shuffle=on")
	}
	return args
}

// event is one line of `go test -json`.
type event struct {
	Action string
	Test   string
	Output string
	Key    string // of an attribute
	Value  string
}

// log gathers the events of a run.
type log struct {
	names   []string // of tests, in the order in which they began
	tests   map[string]*row
	current map[string]*strings.Builder // output of the tests that run now
	build   strings.Builder
	all     strings.Builder // what the tests wrote, in order
	idle    []idle
	ended   bool // the package said PASS or FAIL: all tests ended
}

// read turns the output of `go test -json` into an outcome.
func read(r io.Reader) (outcome, int) {
	l := &log{tests: map[string]*row{}, current: map[string]*strings.Builder{}}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 64<<20) // a test may write one long line
	events := 0
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) == nil && e.Action != "" {
			events++
			l.add(e)
		}
	}
	return l.outcome(), events
}

func (l *log) add(e event) {
	switch e.Action {
	case "build-output":
		l.build.WriteString(e.Output)
	case "run":
		l.begin(e.Test)
	case "output":
		l.output(e)
	case "attr":
		l.attribute(e)
	case "pass", "skip":
		l.end(e.Test, false)
	case "fail":
		l.end(e.Test, true)
	}
}

func (l *log) begin(test string) {
	if l.tests[test] == nil {
		l.tests[test] = &row{name: test}
		l.names = append(l.names, test)
	}
	l.current[test] = &strings.Builder{}
}

func (l *log) output(e event) {
	l.all.WriteString(e.Output)
	if e.Test == "" && (e.Output == "PASS\n" || e.Output == "FAIL\n") {
		l.ended = true
	}
	if b := l.current[e.Test]; b != nil {
		b.WriteString(e.Output)
	}
}

// attribute notes an idle row, or the exercises that a failed test needs. Its
// subtests need them too.
func (l *log) attribute(e event) {
	if note := (idle{e.Test, e.Value}); e.Key == idleAttribute && !slices.Contains(l.idle, note) {
		l.idle = append(l.idle, note)
	}
	if e.Key != needsAttribute {
		return
	}
	for _, name := range l.names {
		if name != e.Test && !strings.HasPrefix(name, e.Test+"/") {
			continue
		}
		for word := range strings.FieldsSeq(e.Value) {
			if i, ok := mark.ParseID(word); ok && !slices.Contains(l.tests[name].needs, i) {
				l.tests[name].needs = append(l.tests[name].needs, i)
			}
		}
	}
}

// The keys of the attributes that internal/exercise writes.
const (
	needsAttribute = "needs"
	idleAttribute  = "idle"
)

func (l *log) end(test string, failed bool) {
	r := l.tests[test]
	switch {
	case r == nil: // the package itself
	case !failed:
		r.passed++
	default:
		if r.failed == 0 {
			r.output = l.current[test].String()
		}
		r.failed++
	}
}

func (l *log) outcome() outcome {
	out := outcome{build: l.build.String(), idle: l.idle}
	if out.build == "" && !l.ended {
		out.crash = l.all.String()
	}
	for _, name := range l.names {
		if l.counts(name) {
			out.rows = append(out.rows, *l.tests[name])
		}
	}
	return out
}

// counts reports whether a test is a row: it has no subtests, or it failed by
// itself though none of them did.
func (l *log) counts(name string) bool {
	red := false
	parent := false
	for _, other := range l.names {
		if strings.HasPrefix(other, name+"/") {
			parent = true
			red = red || l.tests[other].failed > 0
		}
	}
	return !parent || l.tests[name].failed > 0 && !red
}
