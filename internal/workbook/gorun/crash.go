package gorun

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
)

// Crash is a run of tests that broke off: a hang, an exit, or a panic where
// nothing could catch it.
type Crash struct {
	Test  string // what ran then, "" if unknown
	What  string // "does not end" or the panic
	Hangs bool
	Where string // the goroutine: what it waits for, its function and line
}

// String is a crash in one line.
func (c Crash) String() string {
	return strings.Join(slices.DeleteFunc([]string{c.Test, c.What, c.Where},
		func(part string) bool { return part == "" }), ", ")
}

// Place is the file and the line of a crash, "" where they are not known. They end the text.
func (c Crash) Place() string { return c.Where[strings.LastIndex(c.Where, " ")+1:] }

// timedOut is what a run says that took too long.
var timedOut = regexp.MustCompile(`panic: test timed out after (\S+)`)

// ReadCrash makes out what happened from the words of the run.
func ReadCrash(in text.Language, output, chapter string) Crash {
	c := Crash{Test: lastRunning(output), What: in.T("the run of the tests broke off")}
	if line := FirstLine(output, "panic: ", "fatal error: "); line != "" {
		c.What, _, _ = strings.Cut(line, " [recovered")
	}
	if m := timedOut.FindStringSubmatch(output); m != nil {
		c.What, c.Hangs = in.T("it does not end: stopped after %s", m[1]), true
	}
	if strings.Contains(c.What, "all goroutines in bubble are blocked") {
		c.What = in.T("it waits for what never comes: every goroutine of the test is blocked")
	}
	c.Where = blameGoroutine(in, output, chapter)
	return c
}

// TestThrough runs tests. One that ends the whole run, such as by a panic that no
// row catches, fails by itself, and the others run again without it: every
// exercise gets its verdict. A hang is not tried again, nobody waits twice.
func (r *Runner) TestThrough(ctx context.Context, run TestRun) (Outcome, error) {
	var broken []Row
	for {
		out, err := r.Test(ctx, run)
		if err != nil || out.Crash == "" {
			out.Rows = append(out.Rows, broken...)
			return out, err
		}
		crash := ReadCrash(r.Course.Language, out.Crash, run.Chapter)
		test, _, _ := strings.Cut(crash.Test, "/")
		if test == "" || crash.Hangs || slices.Contains(run.skip, test) || len(run.skip) == maxBroken ||
			run.Only != nil && !run.Only.Matches(test) {
			return out, nil
		}
		run.skip = append(run.skip, test)
		words := crash.What + "\n" + crash.Where + "\n"
		if crash.Test != test {
			words += r.Course.T("in the row %s", crash.Test) + "\n"
		}
		broken = append(broken, Row{Name: test, Failed: 1, Output: words})
	}
}

// maxBroken is how many tests may end a run before that itself is the verdict.
const maxBroken = 10

// panicked names the test that ended the run by a panic.
var panicked = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+) .*\npanic: `)

// hanging names a test that ran when the time was over.
var hanging = regexp.MustCompile(`(?m)^\t\t(Test\S+) \(`)

// begun names a test that began.
var begun = regexp.MustCompile(`(?m)^=== RUN\s+(\S+)`)

// lastRunning is the test that a panic or a hang names, or the last that began.
func lastRunning(output string) string {
	found := panicked.FindAllStringSubmatch(output, -1)
	if found != nil {
		return found[len(found)-1][1]
	}
	found = hanging.FindAllStringSubmatch(output, -1)
	if found == nil {
		found = begun.FindAllStringSubmatch(output, -1)
	}
	if found == nil {
		return ""
	}
	return found[len(found)-1][1]
}

// placeInBuild is where the compiler found something.
var placeInBuild = regexp.MustCompile(`[\w.-]+\.go:\d+`)

// FirstPlace is the first place that the compiler names, such as chain.go:19.
func FirstPlace(in text.Language, build string) string {
	return cmp.Or(placeInBuild.FindString(build), in.T("the first line"))
}

// FirstLine returns the first line that starts with one of the words.
func FirstLine(output string, words ...string) string {
	for line := range strings.Lines(output) {
		for _, word := range words {
			if strings.HasPrefix(line, word) {
				return strings.TrimSpace(line)
			}
		}
	}
	return ""
}

// frame is one call of a goroutine that lies in the chapter.
var frame = regexp.MustCompile(`(?m)^(\S*?)([\w.*()\[\]]+)\(.*\)\n\t.*/([^/\s]+/[^/\s]+\.go):(\d+)`)

// goroutineHead is the first line of a goroutine, and what it waits for.
var goroutineHead = regexp.MustCompile(`(?m)^goroutine \d+.* (\[[^,\]]+)`)

// withoutPackage is a function as the learner calls it. What comes before the dot
// is the end of a path: "scenarios" of "03-token-scenarios".
func withoutPackage(function string) string {
	_, name, _ := strings.Cut(function, ".")
	return name
}

// blameGoroutine returns the first goroutine that is inside the chapter's code,
// rather one in a file that is not a test.
func blameGoroutine(in text.Language, output, chapter string) string {
	inTest := ""
	for block := range strings.SplitSeq(output, "\n\n") {
		head := goroutineHead.FindStringSubmatch(block)
		if head == nil || strings.Contains(block, "testing.(*T).Run(") && !strings.Contains(block, "panic(") {
			continue // it waits for a subtest
		}
		for _, m := range frame.FindAllStringSubmatch(block, -1) {
			if !strings.HasPrefix(m[3], chapter+"/") {
				continue
			}
			blame := in.T("%s] in %s, %s", head[1], withoutPackage(m[2]), m[3])
			if m[4] != "1" { // the compiler gives an empty loop the line of the package clause
				blame += ":" + m[4]
			}
			if !strings.HasSuffix(m[3], "_test.go") {
				return blame
			}
			if inTest == "" {
				inTest = blame
			}
		}
	}
	return inTest
}
