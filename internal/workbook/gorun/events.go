package gorun

import (
	"bufio"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
)

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
	in      text.Language
	names   []string // of tests, in the order in which they began
	tests   map[string]*Row
	current map[string]*strings.Builder // output of the tests that run now
	build   strings.Builder
	all     strings.Builder // what the tests wrote, in order
	idle    []idle
	ended   bool // the package said PASS or FAIL: all tests ended
}

// readEvents turns the output of `go test -json` into an outcome.
func readEvents(in text.Language, r io.Reader) (Outcome, int) {
	l := &log{in: in, tests: map[string]*Row{}, current: map[string]*strings.Builder{}}
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
		l.tests[test] = &Row{Name: test}
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

// attribute notes an idle row, what is known of an impostor, or the exercises that a failed test needs.
func (l *log) attribute(e event) {
	switch note := (idle{e.Test, e.Value}); {
	case e.Key == seenAttribute && l.tests[e.Test] != nil:
		l.tests[e.Test].Seen = l.in.Said(e.Value)
	case e.Key == didAttribute && l.tests[e.Test] != nil:
		l.tests[e.Test].Did = l.in.Said(e.Value)
	case e.Key == differsAttribute && l.tests[e.Test] != nil:
		l.tests[e.Test].Differs = l.in.Said(e.Value)
	case e.Key == caughtAttribute && l.tests[e.Test] != nil && !slices.Contains(l.tests[e.Test].Caught, e.Value):
		l.tests[e.Test].Caught = append(l.tests[e.Test].Caught, e.Value)
	case e.Key == idleAttribute && !slices.Contains(l.idle, note):
		l.idle = append(l.idle, note)
	case e.Key == needsAttribute:
		l.need(e)
	}
}

// need notes what a test and its subtests need.
func (l *log) need(e event) {
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
	needsAttribute   = "needs"
	idleAttribute    = "idle"
	seenAttribute    = "seen"
	caughtAttribute  = "caught"
	didAttribute     = "did"
	differsAttribute = "differs"
)

func (l *log) end(test string, failed bool) {
	r := l.tests[test]
	switch {
	case r == nil: // the package itself
	case !failed:
		r.Passed++
	default:
		if r.Failed == 0 {
			r.Output = l.current[test].String()
		}
		r.Failed++
	}
}

func (l *log) outcome() Outcome {
	out := Outcome{Build: l.build.String(), Idle: l.idle}
	if out.Build == "" && !l.ended {
		out.Crash = l.all.String()
	}
	for _, name := range l.names {
		if l.counts(name) {
			out.Rows = append(out.Rows, *l.tests[name])
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
			red = red || l.tests[other].Failed > 0
		}
	}
	return !parent || l.tests[name].Failed > 0 && !red
}
