package main

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// annotate prints what GitHub shows beside the lines of a pull request.
func (a *app) annotate(r reviewed) error {
	n := &annotator{ui: a.ui}
	n.compiler(r)
	for _, v := range r.verdicts {
		n.verdict(r, v)
	}
	for _, f := range r.findings {
		n.fail(f.file, f.line, f.analyzer, f.message)
	}
	for _, l := range r.leaks {
		n.fail(l.file, l.line, "secret", l.String())
	}
	for _, name := range r.changed.saved {
		n.fail(name, 1, "reference changed", "Exercises and tests are compared with this file: it stays as start left it.")
	}
	for _, name := range r.changed.tests {
		n.fail(r.chapter.path(name), r.chapter.firstChange(name), "test changed", "This test differs from the workbook's outside the exercises.")
	}
	if n.errors > 0 {
		return errRed
	}
	return nil
}

// annotator prints annotations and counts the errors among them.
type annotator struct {
	ui     *ui
	errors int
}

func (n *annotator) fail(file string, line int, title, text string) {
	n.errors++
	n.ui.say("%s", annotation("error", file, line, title, text))
}

// compiler tells of a run that ended before its tests, and of what go vet found.
func (n *annotator) compiler(r reviewed) {
	for _, m := range regexp.MustCompile(`(?m)^(?:\./)?(\S+\.go):(\d+):\d+: (.+)$`).FindAllStringSubmatch(r.out.build, -1) {
		n.fail(m[1], atoi(m[2]), "does not compile", m[3])
	}
	if c := readCrash(r.out.crash, r.chapter.name); r.out.crash != "" {
		file, line, _ := strings.Cut(cmp.Or(c.place(), r.chapter.name), ":")
		n.fail(file, max(1, atoi(line)), "the tests broke off", c.String())
	}
	for _, text := range r.problems {
		if m := regexp.MustCompile(`(\S+\.go):(\d+)(?::\d+)?: (.+)`).FindStringSubmatch(text); m != nil && r.out.build == "" {
			n.fail(m[1], atoi(m[2]), "go vet", m[3])
		}
	}
}

// verdict tells of an exercise that is not green.
func (n *annotator) verdict(r reviewed, v verdict) {
	file, line, title := r.chapter.path(v.exercise.File), v.exercise.Line, v.exercise.String()
	switch v.status {
	case passes, unknown:
	case fails:
		rows := names(slices.DeleteFunc(slices.Clone(v.failing), row.waits))
		n.fail(file, line, title, fmt.Sprintf("%d of %s fail: %s", len(v.failing), count(len(v.rows), "row"), strings.Join(rows[:min(3, len(rows))], ", ")))
	default:
		n.ui.say("%s", annotation("warning", file, line, title, explain(v)))
	}
}

// annotation is a workflow command. Its texts may come from a stranger's pull
// request: nothing in them may begin another command.
func annotation(level, file string, line int, title, text string) string {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	return fmt.Sprintf("::%s file=%s,line=%d,title=%s::%s", level, property.Replace(file), line, property.Replace(title), data.Replace(text))
}
