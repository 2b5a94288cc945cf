package main

import (
	"context"
	"fmt"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
	"example.com/authbook/internal/workbook/vcs"
)

// finish merges a chapter into the branch it started from, with all its
// commits: a squash would make the next merge of the same branch a conflict.
// It may be called again after late review fixes.
func finish(ctx context.Context, s *session, args term.Arguments) error {
	ch, err := s.course.Chapter(args.First())
	if err != nil {
		return err
	}
	g, err := vcs.Open(ctx, s.course, s.ui)
	if err != nil {
		return err
	}
	if g == nil {
		return finishWithoutGit(ctx, s, ch)
	}
	if !g.HasBranch(vcs.ChapterBranch(ch)) {
		return term.Refuse(text.T("there is no branch %s", vcs.ChapterBranch(ch)),
			fmt.Sprintf("go tool workbook start %d", ch.Number))
	}
	base := g.BaseOf(ch)
	if base == "" {
		return term.Refuse(text.T("the branch that chapter %s was started from is gone", ch.Name),
			"git switch main && git merge --no-ff "+vcs.ChapterBranch(ch))
	}
	if g.Contains(base, vcs.ChapterBranch(ch), ch.Paths()...) {
		s.ui.Say("Chapter %d is finished: %s has all of %s.", ch.Number, base, vcs.ChapterBranch(ch))
		return nil
	}
	if err := mayFinish(ctx, s, g, ch); err != nil {
		return err
	}
	if err := g.Merge(ch, base); err != nil {
		return err
	}
	s.ui.Say("Chapter %d is finished: %s has your work now.", ch.Number, base)
	sayWhatFollows(s.ui, ch)
	s.ui.Label("next", nextAfter(s.course, g, base, ch))
	return nil
}

// sayWhatFollows leads to the end of the notes, and tells what the next chapter breaks.
func sayWhatFollows(ui *term.UI, ch *course.Chapter) {
	if c, err := ch.Contents(); err == nil {
		sayRest(ui, ch, c)
	}
	if end, err := ch.Ending(); err == nil {
		sayNextChapter(ui, end)
	}
}

// nextAfter proposes the next chapter, or the merge that is left when this one
// was started from another's branch.
func nextAfter(c *course.Course, g *vcs.Git, base string, ch *course.Chapter) string {
	if below, ok := strings.CutPrefix(base, "chapter/"); ok {
		return text.T("go tool workbook finish %d   takes both on", course.Atoi(below[:2]))
	}
	next, err := c.Chapter(fmt.Sprint(ch.Number + 1))
	switch {
	case err != nil:
		return text.T("go tool workbook run   is your server")
	case g != nil && g.HasBranch(vcs.ChapterBranch(next)):
		return text.T("git switch %s   is started; git merge %s   brings it this", vcs.ChapterBranch(next), base)
	}
	return text.T("go tool workbook start %d   builds on it", next.Number)
}

// uncommitted names the changes that are in the way.
func uncommitted(changes string) string {
	return text.T("there are changes that are not committed:\n  %s", strings.ReplaceAll(changes, "\n", "\n  "))
}

// mayFinish refuses unless what is committed is what is checked, and green.
func mayFinish(ctx context.Context, s *session, g *vcs.Git, ch *course.Chapter) error {
	if g.Branch() != vcs.ChapterBranch(ch) {
		return term.Refuse(text.T("chapter %d is checked on its own branch first", ch.Number),
			"git switch "+vcs.ChapterBranch(ch), fmt.Sprintf("go tool workbook finish %d", ch.Number))
	}
	changes, err := g.Changes()
	if err != nil {
		return err
	}
	if changes != "" {
		return term.Refuse(uncommitted(changes),
			"git add "+ch.Name+" && git commit")
	}
	return mustBeGreen(ctx, s, ch)
}

func mustBeGreen(ctx context.Context, s *session, ch *course.Chapter) error {
	r, err := s.runner.Examine(ctx, ch, ch.Exercises, gorun.Effort{Times: 1, Race: true})
	if err != nil {
		return err
	}
	if r.Green() {
		return nil
	}
	if err := print(s, r); err != nil {
		return err
	}
	return term.Refuse(text.T("chapter %d is not green: nothing is merged", ch.Number))
}

// finishWithoutGit notes that the chapter is done.
func finishWithoutGit(ctx context.Context, s *session, ch *course.Chapter) error {
	if err := mayReset(s.course, ch); err != nil {
		return err
	}
	if err := mustBeGreen(ctx, s, ch); err != nil {
		return err
	}
	ch.State.Finished = true
	if err := s.course.WriteState(ch, ch.State); err != nil {
		return err
	}
	s.ui.Say("Chapter %d is finished.", ch.Number)
	sayWhatFollows(s.ui, ch)
	s.ui.Label("next", nextAfter(s.course, nil, "", ch))
	return nil
}
