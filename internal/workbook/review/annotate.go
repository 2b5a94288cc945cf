package review

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// annotate prints what GitHub shows beside the lines of a pull request.
func annotate(ui *term.UI, r reviewed) error {
	n := &annotator{ui: ui}
	n.compiler(r)
	for _, v := range r.Verdicts {
		n.verdict(r, v)
	}
	for _, f := range r.findings {
		n.fail(f.file, f.line, f.analyzer, f.message)
	}
	for _, l := range r.Leaks {
		n.fail(l.File, l.Line, text.T("secret"), l.String())
	}
	for _, name := range r.Guards {
		n.fail(name, 1, text.T("what checks was changed"),
			text.T("This file decides what is checked: it stays as the workbook has it."))
	}
	for _, h := range r.hooks {
		n.fail(h.file, h.line, text.T("tests see another face"), h.what)
	}
	for _, gone := range rowsGone(r.Report) {
		n.fail(r.Chapter.Name, 1, text.T("rows are missing"), gone)
	}
	for _, o := range r.others {
		if o.heavy {
			n.ui.Say("%s", annotation("warning", o.name, 1, text.T("binary or large"), o.String()))
		}
	}
	for _, name := range r.Tests {
		n.fail(r.Chapter.Path(name), r.Chapter.FirstChange(name), text.T("test changed"),
			text.T("This test differs from the workbook's outside the exercises."))
	}
	if n.errors > 0 {
		return term.ErrRed
	}
	return nil
}

// annotator prints annotations and counts the errors among them.
type annotator struct {
	ui     *term.UI
	errors int
}

func (n *annotator) fail(file string, line int, title, text string) {
	n.errors++
	n.ui.Say("%s", annotation("error", file, line, title, text))
}

// compilerLine is a line of the compiler: file, line, and what is wrong.
var compilerLine = regexp.MustCompile(`(?m)^(?:\./)?(\S+\.go):(\d+):\d+: (.+)$`)

// vetLine is a line of go vet.
var vetLine = regexp.MustCompile(`(\S+\.go):(\d+)(?::\d+)?: (.+)`)

// compiler tells of a run that ended before its tests, and of what go vet found.
func (n *annotator) compiler(r reviewed) {
	for _, m := range compilerLine.FindAllStringSubmatch(r.Out.Build, -1) {
		n.fail(m[1], course.Atoi(m[2]), text.T("does not compile"), m[3])
	}
	if c := gorun.ReadCrash(n.ui.Language, r.Out.Crash, r.Chapter.Name); r.Out.Crash != "" {
		file, line, _ := strings.Cut(cmp.Or(c.Place(), r.Chapter.Name), ":")
		n.fail(file, max(1, course.Atoi(line)), text.T("the tests broke off"), c.String())
	}
	for _, problem := range r.problems {
		if m := vetLine.FindStringSubmatch(problem); m != nil && r.Out.Build == "" {
			n.fail(m[1], course.Atoi(m[2]), "go vet", m[3])
		}
	}
}

// verdict tells of an exercise that is not green.
func (n *annotator) verdict(r reviewed, v gorun.Verdict) {
	file, line, title := r.Chapter.Path(v.Exercise.File), v.Exercise.Line, v.Exercise.String()
	switch v.Status {
	case gorun.Passes, gorun.Unknown:
	case gorun.Fails:
		rows := gorun.Names(slices.DeleteFunc(slices.Clone(v.Failing), gorun.Row.Waits))
		n.fail(file, line, title, gorun.FailingWords(n.ui.Language, v)+": "+strings.Join(rows[:min(3, len(rows))], ", "))
	default:
		n.ui.Say("%s", annotation("warning", file, line, title, gorun.InWords(n.ui.Language, title, v)))
	}
}

// annotation is a workflow command. Its texts may come from a stranger's pull
// request: nothing in them may begin another command.
func annotation(level, file string, line int, title, text string) string {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	return fmt.Sprintf("::%s file=%s,line=%d,title=%s::%s", level, property.Replace(file), line,
		property.Replace(title), data.Replace(text))
}
