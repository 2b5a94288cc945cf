package review

import (
	"slices"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// printRest shows what has changed outside the exercises, and what the tools
// say.
func printRest(ui *term.UI, r reviewed) {
	ch := r.Chapter
	ui.Say("## Outside the exercises\n")
	for _, name := range r.Tests {
		printSkeleton(ui, ch, name, "a test of the workbook was changed")
	}
	for _, name := range r.touched.Given {
		printSkeleton(ui, ch, name, "given code was changed")
	}
	for _, text := range course.InFiles(ch, r.Added, "%s: a file of the learner's own") {
		ui.Say("- %s", text)
	}
	for _, o := range r.others {
		ui.Say("- %s", o)
	}
	if len(r.Guards)+len(r.Tests)+len(r.touched.Given)+len(r.Added)+len(r.others) == 0 {
		ui.Say("Nothing was changed.")
	}
	ui.Say("\n## Findings of the tools\n")
	found := slices.Concat(term.Texts(r.Leaks), term.Texts(r.findings), r.problems)
	if r.Out.Build != "" {
		found = append(found, text.T("The analyzers did not run: it does not compile."))
	}
	for _, text := range found {
		ui.Say("- %s", text)
	}
	if len(found) == 0 {
		ui.Say("None.")
	}
}

// printTampering is the first thing that a reviewer reads: what was changed of
// that which checks. What the page says below may be wrong then.
func printTampering(ui *term.UI, r reviewed) {
	found := slices.Concat(r.tampering(), rowsGone(r.Report))
	if len(found) == 0 {
		return
	}
	ui.Say("## What checks this work was changed\n\nWhat is green below may not be. Look at these first.\n")
	for _, text := range found {
		ui.Say("- %s", text)
	}
	ui.Say("")
}

// printSkeleton shows how a file differs outside its exercises.
func printSkeleton(ui *term.UI, ch *course.Chapter, name string, what text.Key) {
	before, _ := course.Skeleton(name, ch.Reference[name])
	after, err := course.Skeleton(name, ch.Disk[name])
	switch {
	case ch.Disk[name] == "":
		ui.Say("- %s: it is gone", ch.Path(name))
	case err != nil:
		ui.Say("- %s: it can't be read: %v", ch.Path(name), err)
	default:
		ui.Say("- %s:%d: %s%s\n\n```diff\n%s```\n", ch.Path(name), ch.FirstChange(name), what,
			orEmpty(weaker(before, after), ", and it asserts less"), course.Diff(before, after))
	}
}

// weaker reports whether a test skips more, or asserts less, than before.
func weaker(before, after string) bool {
	assertions := func(text string) (n int) {
		for _, word := range []string{"assert.", "require.", "t.Error", "t.Fatal", "{name:"} {
			n += strings.Count(text, word)
		}
		return n
	}
	return strings.Count(after, ".Skip") > strings.Count(before, ".Skip") || assertions(after) < assertions(before)
}
