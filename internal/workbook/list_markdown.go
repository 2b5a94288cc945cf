package main

import (
	"slices"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// goal is a subject of the course, and what shows that it is done.
type goal struct {
	words string
	done  bool // the tool can see it
}

// goals are the subjects of the course. What happens on GitHub or on a server the tool
// can't see: who has done it ticks it.
func goals(chapters []*course.Chapter, p course.Progress) []goal {
	return []goal{
		{text.T("Middleware and decorators: `check 1` is green"), isGreen(chapters, p, ofChapter(1))},
		{text.T("JSON Web Tokens: `check 2` is green"), isGreen(chapters, p, ofChapter(2))},
		{text.T("Access and refresh tokens, by scenarios: `check 3` is green"), isGreen(chapters, p, ofChapter(3))},
		{text.T("`/signup` and `/login`: `check 4` is green"), isGreen(chapters, p, ofChapter(4))},
		{text.T("Unit tests: each table of the exercises is green"),
			isGreen(chapters, p, func(e mark.Exercise) bool { return e.Table })},
		{text.T("EC2: `/version` of my server names my commit"), false},
		{text.T("Swagger UI: \"Try it out\" at `/swagger/` works on my server"), false},
		{text.T("Review of a PR: each comment on mine has an answer"), false},
		{text.T("Review by an AI (`review N --ai`): the PR says what I refused, and why"), false},
		{text.T("Refactor: a commit changes code and no test, and all is green"), false},
		{text.T("Deploy again: `ship`, and `/version` names the new commit"), false},
	}
}

func ofChapter(n int) func(mark.Exercise) bool {
	return func(e mark.Exercise) bool { return e.ID.Chapter == n }
}

// isGreen reports whether there are such exercises, and all of them are green.
func isGreen(chapters []*course.Chapter, p course.Progress, such func(mark.Exercise) bool) bool {
	var all []mark.Exercise
	for _, ch := range chapters {
		all = append(all, ch.Exercises...)
	}
	all = slices.DeleteFunc(all, func(e mark.Exercise) bool { return !such(e) })
	return len(all) > 0 && !slices.ContainsFunc(all, func(e mark.Exercise) bool { return !p.HasPassed(e) })
}

// listMarkdown prints the check list of the course, for a README or an issue.
func listMarkdown(ui *term.UI, chapters []*course.Chapter, p course.Progress) {
	ui.Say("## %s\n", text.T("Check list"))
	for _, g := range goals(chapters, p) {
		ui.Say("- [%s] %s", tick(g.done), g.words)
	}
	for _, ch := range chapters {
		ui.Say("\n### %s\n", ch.Name)
		for _, e := range ch.Exercises {
			ui.Say("- [%s] %s `%s`", tick(p.HasPassed(e)), e.ID, e.Name)
		}
	}
}

// tick is what a box of Markdown holds.
func tick(done bool) string {
	if done {
		return "x"
	}
	return " "
}
