package main

import (
	"fmt"
	"regexp"
	"strings"
)

// crash is a run of tests that broke off: a hang, an exit, or a panic where
// nothing could catch it.
type crash struct {
	test  string // what ran then, "" if unknown
	what  string // "does not end" or the panic
	where string // the goroutine: what it waits for, its function and line
}

// readCrash makes out what happened from the words of the run.
func readCrash(output, chapter string) crash {
	c := crash{test: lastRunning(output), what: "the run of the tests broke off"}
	if line := firstLine(output, "panic: ", "fatal error: "); line != "" {
		c.what = line
	}
	if m := regexp.MustCompile(`panic: test timed out after (\S+)`).FindStringSubmatch(output); m != nil {
		c.what = "it does not end: stopped after " + m[1]
	}
	c.where = blameGoroutine(output, chapter)
	return c
}

// lastRunning is the innermost test that a hang lists, or the last that began.
func lastRunning(output string) string {
	found := regexp.MustCompile(`(?m)^\t\t(Test\S+) \(`).FindAllStringSubmatch(output, -1)
	if found == nil {
		found = regexp.MustCompile(`(?m)^=== RUN\s+(\S+)`).FindAllStringSubmatch(output, -1)
	}
	if found == nil {
		return ""
	}
	return found[len(found)-1][1]
}

// firstLine returns the first line that starts with one of the words.
func firstLine(output string, words ...string) string {
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
var frame = regexp.MustCompile(`(?m)^(\S*?)([\w.*()\[\]]+)\(.*\)\n\t\S*/([^/\s]+/[^/\s]+\.go):(\d+)`)

// blameGoroutine returns the first goroutine that is inside the chapter's code,
// rather one in a file that is not a test.
func blameGoroutine(output, chapter string) string {
	inTest := ""
	for block := range strings.SplitSeq(output, "\n\n") {
		head := regexp.MustCompile(`(?m)^(goroutine \d+).* (\[[^\]]+\])`).FindStringSubmatch(block)
		if head == nil || strings.Contains(block, "testing.(*T).Run(") && !strings.Contains(block, "panic(") {
			continue // it waits for a subtest
		}
		for _, m := range frame.FindAllStringSubmatch(block, -1) {
			if !strings.HasPrefix(m[3], chapter+"/") {
				continue
			}
			blame := fmt.Sprintf("%s %s in %s, %s:%s", head[1], head[2], m[2], m[3], m[4])
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
