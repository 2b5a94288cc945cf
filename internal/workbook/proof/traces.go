package proof

import (
	"context"
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/ask"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
)

// The traces of a chapter become one test each, in files of their own, and are
// compiled and run at once:
//
//	package middleware_test
//
//	func TestTrace_0(t *testing.T) {
//		defer t.Fail() // so that what it prints is kept
//		fmt.Println(…)
//	}

// beginsTrace is the line behind which a trace prints.
const beginsTrace = "the trace prints:"

// tracesOfGo: each block of Go prints the key of its question.
func (p questioning) tracesOfGo(ctx context.Context, all []ask.Noted) ([]string, error) {
	if len(all) == 0 {
		return nil, nil
	}
	room, err := p.traceRoom(ctx)
	if err != nil {
		return nil, err
	}
	version, running, problems := p.withTraces(room, all)
	only, err := mark.ParsePattern(`TestTrace_\d+`)
	if err != nil {
		return nil, err
	}
	out, err := p.try(ctx, version, gorun.TestRun{Only: only})
	if err != nil {
		return nil, err
	}
	return append(problems, p.compareTraces(running, out)...), nil
}

// withTraces is the reference with a test for each trace that is Go, in the order of
// those that are returned.
func (p questioning) withTraces(room traceRoom,
	all []ask.Noted) (t course.Tree, running []ask.Noted, problems []string) {
	t = maps.Clone(p.chapter.Reference)
	for _, n := range all {
		text, err := room.test(len(running), n)
		if err != nil {
			problems = append(problems, p.asked(n, "it can't be run: %v", err))
			continue
		}
		t[traceFile(n)], running = text, append(running, n)
	}
	return t, running, problems
}

// traceFile is the name of the file of a trace, as the compiler says it.
func traceFile(n ask.Noted) string {
	return "trace_" + n.ID[strings.LastIndexByte(n.ID, ' ')+1:] + "_test.go"
}

// traceRoom is what the traces of a chapter can use without a word: the chapter,
// what it imports, and the standard library.
type traceRoom struct {
	pkg     string
	offered []course.ImportSpec
	names   course.PackageNames
}

func (p questioning) traceRoom(ctx context.Context) (traceRoom, error) {
	cmd := exec.CommandContext(ctx, "go", "list", "-e", "-find", "-f", "{{.ImportPath}} {{.Name}}", "./"+p.chapter.Name)
	cmd.Dir = p.runner.Course.Root
	out, err := cmd.Output()
	words := strings.Fields(string(out))
	if err != nil || len(words) != 2 {
		return traceRoom{}, fmt.Errorf("go list: %w", course.GoFailed(err))
	}
	room := traceRoom{words[1], []course.ImportSpec{{Path: words[0]}}, course.PackageNames{words[0]: words[1]}}
	maps.Copy(room.names, p.names)
	for _, name := range slices.Sorted(maps.Keys(p.chapter.Reference)) {
		room.offered = append(room.offered, course.ImportsOf(p.chapter.Reference[name])...)
	}
	for _, path := range gorun.StandardLibrary(p.runner.Course.Root) {
		room.offered = append(room.offered, course.ImportSpec{Path: path})
	}
	return room, nil
}

// test is the file of a trace.
func (r traceRoom) test(i int, n ask.Noted) (string, error) {
	var first []course.ImportSpec
	for _, path := range n.Imports {
		first = append(first, course.ImportSpec{Path: path})
	}
	text := fmt.Sprintf("package %s_test\n\nfunc TestTrace_%d(t *testing.T) {\ndefer t.Fail()\nfmt.Println(%q)\n%s}\n",
		r.pkg, i, beginsTrace, n.Code)
	return course.FixImports(text, append(first, r.offered...), r.names)
}

// compareTraces compares what the traces printed with their keys. Behind one that ends
// the run the others are not known.
func (p questioning) compareTraces(all []ask.Noted, out gorun.Outcome) (problems []string) {
	for i, n := range all {
		if problem := p.compareTrace(fmt.Sprintf("TestTrace_%d", i), n, out); problem != "" {
			problems = append(problems, problem)
		}
	}
	if len(problems) == 0 {
		problems = p.brokenOff("a trace of testdata/questions.md", out)
	}
	return problems
}

// compareTrace is the problem of one trace, "" if it has none.
func (p questioning) compareTrace(name string, n ask.Noted, out gorun.Outcome) string {
	if _, said, ok := strings.Cut(out.Build, traceFile(n)); ok {
		said, _, _ = strings.Cut(said, "\n")
		return p.asked(n, "it does not compile: %s%s", traceFile(n), said)
	}
	if crash := gorun.ReadCrash(p.chapter.Language, out.Crash, p.chapter.Name); out.Crash != "" && crash.Test == name {
		return p.asked(n, "it did not run to its end: %s", crash)
	}
	at := slices.IndexFunc(out.Rows, func(r gorun.Row) bool { return r.Name == name })
	if at < 0 {
		return ""
	}
	_, printed, _ := strings.Cut(out.Rows[at].Output, beginsTrace+"\n")
	printed, _, _ = strings.Cut(printed, "--- FAIL: "+name)
	return p.compareKey(n, printed, nil)
}
