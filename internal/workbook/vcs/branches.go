package vcs

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"time"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// StartBranch is where a chapter's blanks are: its pull request goes into it.
func StartBranch(ch *course.Chapter) string { return "start/" + ch.Name }

// ChapterBranch is where the learner works on a chapter.
func ChapterBranch(ch *course.Chapter) string { return "chapter/" + ch.Name }

// Base is the branch that a chapter's pull request goes into, "" if it is not
// here.
func (g *Git) Base(ch *course.Chapter) string {
	for _, name := range []string{StartBranch(ch), "origin/" + StartBranch(ch)} {
		if g.Yes("rev-parse", "--verify", "--quiet", name) {
			return name
		}
	}
	return ""
}

// BaseOf returns the branch a chapter was started from, "" if that is gone.
func (g *Git) BaseOf(ch *course.Chapter) string {
	text, err := g.Read("show", ChapterBranch(ch)+":.workbook/"+ch.Name+"/state.json")
	var s course.State
	if err != nil || json.Unmarshal([]byte(text), &s) != nil || !g.HasBranch(s.Base) {
		return ""
	}
	return s.Base
}

// CutOff reports whether a start was killed half-way: it goes on when it is
// typed again.
func (g *Git) CutOff(ch *course.Chapter) bool {
	return g != nil && g.Branch() == StartBranch(ch) && !g.HasBranch(ChapterBranch(ch))
}

// IsOpen reports whether a chapter is started but not finished.
func IsOpen(g *Git, ch *course.Chapter) bool {
	if g == nil {
		return ch.Started && !ch.State.Finished
	}
	if g.CutOff(ch) {
		return true
	}
	if !g.HasBranch(ChapterBranch(ch)) {
		return ch.Started && slices.ContainsFunc(ch.Exercises, func(e mark.Exercise) bool { return e.Blank })
	}
	base := g.BaseOf(ch)
	return base == "" || !g.Contains(base, ChapterBranch(ch), ch.Paths()...)
}

// FinishedAt is when a chapter's branch was merged, by finish or on GitHub, as the history
// of the current branch tells; the zero time if it was not.
func (g *Git) FinishedAt(ch *course.Chapter) time.Time {
	if g == nil {
		return time.Time{}
	}
	text, err := g.Ask("log", "-1", "--merges", "--format=%cI", "--fixed-strings", "--grep="+ChapterBranch(ch))
	if err != nil {
		return time.Time{}
	}
	at, _ := time.Parse(time.RFC3339, strings.TrimSpace(text)) // "" where there is no such commit
	return at
}

// Forged returns what a patch has changed of the reference: the copy is
// compared with the reviewer's own.
func Forged(own, theirs *course.Chapter) []string {
	var all []string
	for name := range course.Union(own.Reference, theirs.Reference) {
		if own.Reference[name] != theirs.Reference[name] {
			all = append(all, ".workbook/"+own.Name+"/reference/"+name)
		}
	}
	slices.Sort(all)
	return all
}

// Forged returns what a branch has changed of the reference since start.
func (g *Git) Forged(ch *course.Chapter) []string {
	names, err := g.names("diff", "--name-only", "-z", g.Base(ch)+"...HEAD", "--", ".workbook/"+ch.Name)
	if err != nil {
		return nil // the base is not here
	}
	return names
}

// Remote returns the remote to take from: the one named, upstream, or origin.
func (g *Git) Remote(word string) (string, error) {
	list, err := g.Ask("remote")
	if err != nil {
		return "", err
	}
	remotes := strings.Fields(list)
	for _, name := range []string{word, "upstream", "origin"} {
		if slices.Contains(remotes, name) && (word == "" || name == word) {
			return name, nil
		}
	}
	return "", term.Refuse(text.T("there is no remote to update from"), "git remote add upstream URL-of-the-workbook")
}

// gitHubURL is the address of a repository on GitHub, in the forms that git knows.
var gitHubURL = regexp.MustCompile(
	`^(?:https://(?:[^@/]+@)?github\.com/|git@github\.com:|ssh://git@github\.com/)([\w.-]+/[\w.-]+?)(?:\.git)?/?$`)

// GitHub is "owner/name" of origin, "" when that is elsewhere or missing.
func (g *Git) GitHub() string {
	url, err := g.Ask("config", "--get", "remote.origin.url")
	m := gitHubURL.FindStringSubmatch(url)
	if err != nil || m == nil {
		return ""
	}
	return m[1]
}
