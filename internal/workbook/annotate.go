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
	errors := 0
	fail := func(file string, line int, title, text string) {
		errors++
		a.ui.say("%s", annotation("error", file, line, title, text))
	}
	for _, m := range regexp.MustCompile(`(?m)^(?:\./)?(\S+\.go):(\d+):\d+: (.+)$`).FindAllStringSubmatch(r.out.build, -1) {
		fail(m[1], atoi(m[2]), "does not compile", m[3])
	}
	if c := readCrash(r.out.crash, r.chapter.name); r.out.crash != "" {
		file, line, _ := strings.Cut(cmp.Or(c.place(), r.chapter.name), ":")
		fail(file, max(1, atoi(line)), "the tests broke off", c.String())
	}
	for _, v := range r.verdicts {
		if v.status == passes || v.status == unknown {
			continue
		}
		e := v.exercise
		if v.status != fails {
			a.ui.say("%s", annotation("warning", r.chapter.path(e.file), e.line, e.String(), explain(v)))
			continue
		}
		rows := names(slices.DeleteFunc(slices.Clone(v.failing), row.waits))
		fail(r.chapter.path(e.file), e.line, e.String(), fmt.Sprintf("%d of %s fail: %s", len(v.failing), count(len(v.rows), "row"), strings.Join(rows[:min(3, len(rows))], ", ")))
	}
	for _, f := range r.findings {
		fail(f.file, f.line, f.analyzer, f.message)
	}
	for _, l := range r.leaks {
		fail(l.file, l.line, "secret", l.String())
	}
	for _, name := range r.changed.saved {
		fail(name, 1, "reference changed", "Exercises and tests are compared with this file: it stays as start left it.")
	}
	for _, name := range r.changed.tests {
		fail(r.chapter.path(name), r.chapter.firstChange(name), "test changed", "This test differs from the workbook's outside the exercises.")
	}
	for _, text := range r.problems {
		if m := regexp.MustCompile(`(\S+\.go):(\d+)(?::\d+)?: (.+)`).FindStringSubmatch(text); m != nil && r.out.build == "" {
			fail(m[1], atoi(m[2]), "go vet", m[3])
		}
	}
	if errors > 0 {
		return errRed
	}
	return nil
}

// annotation is a workflow command. Its texts may come from a stranger's pull
// request: nothing in them may begin another command.
func annotation(level, file string, line int, title, text string) string {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	return fmt.Sprintf("::%s file=%s,line=%d,title=%s::%s", level, property.Replace(file), line, property.Replace(title), data.Replace(text))
}
