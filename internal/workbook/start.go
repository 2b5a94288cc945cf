package main

import (
	"context"
	"fmt"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
	"example.com/authbook/internal/workbook/vcs"
)

// start blanks a chapter. With git the blanks are a commit of their own on
// start/01-middleware, and the learner works on chapter/01-middleware: a pull
// request from one to the other shows the learner's work and nothing else.
//
// Each step finds out whether it was done before, so that a start that was
// killed goes on when it is typed again.
func start(ctx context.Context, s *session, args term.Arguments) error {
	ch, err := s.course.Chapter(args.First())
	if err != nil {
		return err
	}
	g, err := vcs.Open(ctx, s.course, s.ui)
	if err != nil {
		return err
	}
	if g == nil {
		s.ui.Tell(
			"There is no git repository here: the workbook works without, and so will you, but a review needs one.")
	}
	if err := mayStart(s.course, g, ch); err != nil {
		return err
	}
	if err := warnAboutEarlier(s, g, ch); err != nil {
		return err
	}
	blanks, err := s.course.KeepReference(ctx, ch, baseToCome(g))
	if err != nil {
		return err
	}
	if g != nil {
		err = startWithGit(s.course, g, ch, blanks)
	} else {
		_, err = s.course.OverwriteAll(ch, blanks)
	}
	if err != nil {
		return err
	}
	return sayStarted(s, ch.Name)
}

// mayStart refuses what start would spoil.
func mayStart(c *course.Course, g *vcs.Git, ch *course.Chapter) error {
	if len(ch.Exercises) == 0 {
		return term.Refuse(text.T("chapter %d has no exercises", ch.Number), text.T("read %s", ch.Name))
	}
	if err := c.Writable(ch.Dir); err != nil {
		return err
	}
	if g == nil {
		return refuseTwice(ch)
	}
	if g.Branch() == "" {
		return term.Refuse(text.T("HEAD is detached: the chapter would branch from nowhere"),
			text.T("git switch main   (or the branch you work on)"))
	}
	if g.CutOff(ch) {
		return nil
	}
	return mayBranch(c, g, ch)
}

// mayBranch is the part of mayStart that looks at branches and commits.
func mayBranch(c *course.Course, g *vcs.Git, ch *course.Chapter) error {
	if g.HasBranch(vcs.ChapterBranch(ch)) {
		return term.Refuse(text.T("chapter %d is started: it is on the branch %s", ch.Number,
			vcs.ChapterBranch(ch)),
			"git switch "+vcs.ChapterBranch(ch), text.T("to begin anew there: go tool workbook reset %d",
				ch.Number))
	}
	if ch.Started && !g.Yes("ls-files", "--error-unmatch", ".workbook/"+ch.Name+"/state.json") {
		ch.Started, ch.Reference = false, ch.Disk // it was killed before it changed anything
	}
	if err := refuseTwice(ch); err != nil {
		return err
	}
	if g.HasBranch(vcs.StartBranch(ch)) {
		return term.Refuse(text.T("an earlier start left the branch %s", vcs.StartBranch(ch)),
			"git branch -D "+vcs.StartBranch(ch))
	}
	return refuseDirty(c, g)
}

func refuseTwice(ch *course.Chapter) error {
	if !ch.Started {
		return nil
	}
	return term.Refuse(text.T("chapter %d is started", ch.Number),
		fmt.Sprintf("go tool workbook check %d", ch.Number),
		text.T("to begin anew: go tool workbook reset %d", ch.Number))
}

// refuseDirty keeps changes that are not committed out of harm's way: those of this
// chapter would be blanked, and those of another would move to the new branch, and from
// there into the wrong pull request.
func refuseDirty(c *course.Course, g *vcs.Git) error {
	chapters, err := c.Chapters()
	for _, ch := range chapters {
		changes, err := g.Changes(ch.Name)
		if err != nil {
			return err
		}
		if changes != "" {
			return term.Refuse(text.T("%s has changes that are not committed:\n  %s", ch.Name,
				strings.ReplaceAll(changes, "\n", "\n  ")),
				text.T("keep them: git add %s && git commit", ch.Name),
				text.T("or put them aside: git stash push --include-untracked -- %s", ch.Name))
		}
	}
	return err
}

// warnAboutEarlier says which chapters are open: this one will not build on
// the learner's own work in them.
func warnAboutEarlier(s *session, g *vcs.Git, ch *course.Chapter) error {
	chapters, err := s.course.Chapters()
	if err != nil {
		return err
	}
	for _, earlier := range chapters {
		if earlier.Number < ch.Number && vcs.IsOpen(g, earlier) {
			s.ui.Note("chapter %d is started but not finished.", earlier.Number)
			s.ui.Label("first", text.T("go tool workbook finish %d   to build on your own", earlier.Number))
		}
	}
	return nil
}

// startWithGit makes the two branches and the commit of the blanks.
func startWithGit(c *course.Course, g *vcs.Git, ch *course.Chapter, blanks course.Tree) error {
	if g.Branch() != vcs.StartBranch(ch) {
		if err := g.Do("switch", "--quiet", "-c", vcs.StartBranch(ch)); err != nil {
			return err
		}
	}
	if !g.Yes("cat-file", "-e", "HEAD:.workbook/"+ch.Name+"/state.json") { // else it was killed after this
		if err := commitBlanks(c, g, ch, blanks); err != nil {
			return err
		}
	}
	return g.Do("switch", "--quiet", "-c", vcs.ChapterBranch(ch))
}

// commitBlanks puts the blanks in place and commits them with the reference.
func commitBlanks(c *course.Course, g *vcs.Git, ch *course.Chapter, blanks course.Tree) error {
	if _, err := c.OverwriteAll(ch, blanks); err != nil {
		return err
	}
	if err := g.Do(append([]string{"add", "--"}, ch.Paths()...)...); err != nil {
		return err
	}
	// The paths behind -- keep out of the commit what else is staged.
	commit := []string{"commit", "--quiet", "--no-verify", "-m", ch.Name + ": start, with all exercises blank", "--"}
	if err := g.Do(append(commit, ch.Paths()...)...); err != nil {
		return err
	}
	g.AdviseName()
	return nil
}

// sayStarted is the first page of a chapter.
func sayStarted(s *session, name string) error {
	ch, err := s.course.Read(name)
	if err != nil {
		return err
	}
	first := ch.Exercises[0]
	s.ui.Say("")
	s.ui.Say("Chapter %d is yours: %d exercises are blank.", ch.Number, len(ch.Exercises))
	s.ui.Label("read", text.T("go tool workbook read %d   then read %s; or %s/README.md",
		ch.Number, first.ID, ch.Name))
	s.ui.Label("edit", fmt.Sprintf("%s, %s", first, ch.At(first)))
	s.ui.Label("task", text.T("go tool workbook hint 0 %s   tells what it asks for", first.ID))
	s.ui.Prose("ai", text.T("AGENTS.md tells an AI to tutor you, and you how to switch that off."))
	s.ui.Label("next", text.T("go tool workbook watch %d     (or check %s)", ch.Number, first.ID))
	return nil
}

// baseToCome is the branch that a chapter is started from, "" without git.
func baseToCome(g *vcs.Git) string {
	if g == nil {
		return ""
	}
	return g.Branch()
}
