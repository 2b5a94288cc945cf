package review

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/gorun"
)

// ofSecrets is one comment for all of them.
func (r reviewed) ofSecrets() []comment {
	if len(r.Leaks) == 0 {
		return nil
	}
	first := r.Leaks[0]
	return []comment{{"P1", secret, fmt.Sprintf("%s:%d", first.File, first.Line), text.T(
		"This looks like %s. Who can read it from now on? What if it is a real one?", first.Kind)}}
}

// ofHarness asks about what was changed of that which checks the work: one comment
// for each kind.
func (r reviewed) ofHarness() []comment {
	var all []comment
	if len(r.Guards) > 0 {
		all = append(all, comment{"P1", harness, r.Guards[0], text.T(
			"This file decides what is checked%s. What made you change it?", andMore(len(r.Guards)))})
	}
	if len(r.hooks) > 0 {
		first := r.hooks[0]
		all = append(all, comment{"P1", harness, fmt.Sprintf("%s:%d", first.file, first.line), text.T(
			"Here %s%s. What does this code do when nobody tests it?", first.what, andMore(len(r.hooks)))})
	}
	for _, gone := range rowsGone(r.Report) {
		if len(r.Tests) == 0 { // else they are gone from there
			all = append(all, comment{"P1", harness, r.Chapter.Name, text.T("%s. Where have they gone?", gone)})
		}
	}
	for _, name := range r.Tests {
		asked := text.Key("This test of the workbook was changed outside the exercises. " +
			"What did it forbid that your code needs?")
		if r.Chapter.Disk[name] == "" {
			asked = "This test of the workbook is gone. What did it forbid that your code needs?"
		}
		all = append(all, comment{"P1", harness, r.place(name), asked.String()})
	}
	return all
}

// andMore tells of the others where a comment names the first of n.
func andMore(n int) string { return orEmpty(n > 1, " (and %d more, named above)", n-1) }

// ofRun asks about a run that did not come to its end.
func (r reviewed) ofRun() []comment {
	var all []comment
	if c := gorun.ReadCrash(r.Chapter.Language, r.Out.Crash, r.Chapter.Name); r.Out.Crash != "" {
		asked := text.T("The tests break off: %s. What happens in this place, and for which input?", c.What)
		if c.Test != "" {
			asked = text.T("The tests break off in `%s`: %s. What happens in this place, and for which input?",
				c.Test, c.What)
		}
		all = append(all, comment{"P1", exercise, cmp.Or(c.Place(), r.Chapter.Name), asked})
	}
	if r.Out.Build != "" {
		where, first := r.Chapter.Name, gorun.FirstLine(r.Out.Build, "./", r.Chapter.Name, "..", "/")
		if m := compilerLine.FindStringSubmatch(r.Out.Build); m != nil {
			where, first = m[1]+":"+m[2], m[3]
		}
		all = append(all, comment{"P1", exercise, where,
			text.T("The compiler stops: %s. What does it expect there?", first)})
	}
	return all
}

// place is where a file of the chapter begins to differ.
func (r reviewed) place(name string) string {
	return fmt.Sprintf("%s:%d", r.Chapter.Path(name), r.Chapter.FirstChange(name))
}

// exerciseAt returns the exercise that a line lies in.
func (r reviewed) exerciseAt(file string, line int) (mark.Exercise, bool) {
	i := slices.IndexFunc(r.Chapter.Exercises, func(e mark.Exercise) bool {
		return file == r.Chapter.Path(e.File) && e.Line <= line && line <= e.Line+strings.Count(e.Text, "\n")
	})
	if i < 0 {
		return mark.Exercise{}, false
	}
	return r.Chapter.Exercises[i], true
}

// isFound reports whether an analyzer has a finding in an exercise: one
// comment about one mistake is enough.
func (r reviewed) isFound(e mark.Exercise) bool {
	return slices.ContainsFunc(r.findings, func(f finding) bool {
		in, ok := r.exerciseAt(f.file, f.line)
		return ok && in.ID == e.ID
	})
}

// questionsOfFindings ask about what an analyzer found.
var questionsOfFindings = map[string]text.Key{
	"secretcompare": "How long does this comparison take for a guess whose first half is right, " +
		"and for one that is wrong at once?",
	"jwtoptions":    "Which algorithms and which lifetimes may a stranger choose for the token that comes in here?",
	"missingreturn": "Follow a request that is refused here, line by line. What runs after the answer?",
	"secretlog":     "Who reads this line of the log in a year, and what can they do with it?",
	"vacuousguard":  "What does this test say when no error comes back at all?",
}

// ofFindings asks about what the analyzers found: a hole in an exercise weighs
// more than one in given code, and that more than a weak test of one's own.
func (r reviewed) ofFindings() []comment {
	var all []comment
	for _, f := range r.findings {
		weight := given
		if _, ok := r.exerciseAt(f.file, f.line); ok {
			weight = exercise
		} else if strings.HasSuffix(f.file, "_test.go") {
			weight = rest
		}
		question := questionsOfFindings[f.analyzer].String()
		if question == "" {
			question = text.T("%s. What could a stranger do with it?", f.message)
		}
		all = append(all, comment{"P1", weight, fmt.Sprintf("%s:%d", f.file, f.line), question})
	}
	return all
}

// ofFiles asks about given code, and about files that nobody can read.
func (r reviewed) ofFiles() []comment {
	var all []comment
	for _, name := range r.touched.Given {
		all = append(all, comment{"P3", given, r.place(name),
			text.T("This code was given. Which exercise made you change it?")})
	}
	heavy := slices.DeleteFunc(slices.Clone(r.others), func(o other) bool { return !o.heavy })
	if len(heavy) > 0 {
		all = append(all, comment{"P2", rest, heavy[0].name, text.T("This is %s: nobody can read it here. "+
			"Who needs it, and can it be made from what is in the repository?", heavy[0].kind)})
	}
	return all
}

// ofVerdicts are questions about exercises that are not green.
func (r reviewed) ofVerdicts() []comment {
	var all []comment
	for _, v := range r.Verdicts {
		if v.Status == gorun.Fails && !r.isFound(v.Exercise) {
			all = append(all, comment{"P1", exercise, r.Chapter.At(v.Exercise), r.askFailing(v)})
		}
	}
	return all
}

// askFailing is the hint of the mistake if it is known, else what the row says.
// The guide's question may be about something else.
func (r reviewed) askFailing(v gorun.Verdict) string {
	if w, ok := gorun.Recognise(v, r.answers); ok {
		if strings.Contains(w.Hint, "?") {
			return w.Hint
		}
		return text.T("%s Which line of yours decides this?", w.Hint)
	}
	failing := slices.DeleteFunc(slices.Clone(v.Failing), gorun.Row.Waits)
	if impostor, ok := gorun.ImpostorIn(failing[0].Name); ok {
		return text.T("The impostor %q passes your table. "+
			"Which request does it answer otherwise than the real one?", strings.ReplaceAll(impostor, "_", " "))
	}
	if says := messageOf(failing[0]); says != "" {
		return text.T("The row `%s` fails: %s. What does it ask for that your code does not do?", failing[0].Name, says)
	}
	return text.T("The row `%s` fails. What does it ask for that your code does not do?", failing[0].Name)
}

// rowMessage is the line on which testify writes what a test has to say.
var rowMessage = regexp.MustCompile(`(?m)^\s*Messages:\s+(.+)$`)

// messageOf is what a row says of its failure in the author's words, "" if nothing.
func messageOf(row gorun.Row) string {
	m := rowMessage.FindStringSubmatch(strings.Join(gorun.Tidy(text.English, row.Output), "\n"))
	if m == nil {
		return ""
	}
	return strings.TrimRight(strings.TrimSpace(m[1]), ".")
}

// ofRubric are the guide's questions about exercises that are green and the
// learner's own. The code does what is asked, so they are remarks.
func (r reviewed) ofRubric() []comment {
	var all []comment
	for _, v := range r.Verdicts {
		if q, ok := r.rubric.Ask(v.Exercise); ok && v.Status == gorun.Passes && r.isOwn(v.Exercise) {
			all = append(all, comment{"P5", rest, r.Chapter.At(v.Exercise), q.Text})
		}
	}
	return all
}
