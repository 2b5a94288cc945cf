package main

import (
	"context"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
	"example.com/authbook/internal/workbook/vcs"
)

// update merges a newer workbook. git alone can't: upstream holds the finished
// exercises where the learner has blanks or other solutions. So the Go files
// of started chapters are merged here, with the learner's text for each
// exercise on all three sides; then only what lies outside can conflict.
func update(ctx context.Context, s *session, args term.Arguments) error {
	g, err := vcs.Open(ctx, s.course, s.ui)
	if err != nil {
		return err
	}
	if g == nil {
		return term.Refuse(text.T("update needs git, and there is no repository here"),
			text.T("get the new workbook, and copy your chapters into it"))
	}
	remote, err := g.Remote(args.First())
	if err != nil {
		return err
	}
	branch, err := mayUpdate(g)
	if err != nil {
		return err
	}
	if err := g.Do("fetch", "--quiet", remote, "HEAD"); err != nil {
		return err
	}
	target, err := g.Ask("rev-parse", "FETCH_HEAD")
	if err != nil {
		return err
	}
	if g.Yes("merge-base", "--is-ancestor", target, branch) {
		s.ui.Say("You have the newest workbook.")
		return nil
	}
	return takeNews(ctx, s, g, branch, target)
}

// takeNews says what comes, merges it, and takes the progress along.
func takeNews(ctx context.Context, s *session, g *vcs.Git, branch, target string) error {
	if err := sayNews(s, g, branch, target); err != nil {
		return err
	}
	moves, err := previewUpdate(s, g, target)
	if err != nil {
		return err
	}
	if err := updateBranches(ctx, s.course, g, branch, target); err != nil {
		return err
	}
	for _, move := range moves {
		s.course.Note(s.ui, move)
	}
	return nil
}

func mayUpdate(g *vcs.Git) (branch string, err error) {
	branch = g.Branch()
	if branch == "" {
		return "", term.Refuse(text.T("HEAD is detached"), text.T("git switch main   (or the branch you work on)"))
	}
	if g.Merging() {
		return "", term.Refuse(text.T("a merge is half done here"), text.T("git merge --abort   (or git commit, to keep it)"))
	}
	changes, err := g.Changes()
	if err != nil {
		return "", err
	}
	if changes != "" {
		return "", term.Refuse(uncommitted(changes), "git add --all && git commit")
	}
	return branch, nil
}

// sayNews lists the commits that come, by chapter.
func sayNews(s *session, g *vcs.Git, branch, target string) error {
	for _, name := range s.course.Names {
		news, err := g.Ask("log", "--format=%s", branch+".."+target, "--", name)
		if err != nil {
			return err
		}
		if news == "" {
			continue
		}
		s.ui.Say("%s", s.ui.Paint(term.Bold, name))
		for line := range strings.Lines(news) {
			s.ui.Say("  %s", strings.TrimSpace(line))
		}
	}
	return nil
}

// updateBranches takes the news into the branch. On a chapter's branch the
// news go through start/… first, so that the pull request does not show them.
func updateBranches(ctx context.Context, c *course.Course, g *vcs.Git, branch, target string) error {
	chapter, ok := strings.CutPrefix(branch, "chapter/")
	below := "start/" + chapter
	if !ok || !g.HasBranch(below) {
		return vcs.MergeNews(ctx, c, g, target)
	}
	if err := g.Do("switch", "--quiet", below); err != nil {
		return err
	}
	err := vcs.MergeNews(ctx, c, g, target)
	if err := g.Do("switch", "--quiet", branch); err != nil {
		return err
	}
	if err != nil {
		return err
	}
	return vcs.MergeNews(ctx, c, g, below)
}

// previewUpdate says what a commit changes in the started chapters' exercises,
// and returns how what is noted of them moves to their new numbers.
func previewUpdate(s *session, g *vcs.Git, target string) (moves []func(*course.Progress), err error) {
	chapters, err := s.course.Chapters()
	if err != nil {
		return nil, err
	}
	for _, ch := range chapters {
		if !ch.Started {
			continue
		}
		news, err := g.ReferenceAt(target, ch.Name)
		if err != nil {
			return nil, err
		}
		if len(news) == 0 {
			continue
		}
		move, err := previewChanges(s.ui, ch, news)
		if err != nil {
			return nil, err
		}
		moves = append(moves, move)
	}
	return moves, nil
}

// previewChanges says which of the learner's exercises have changed upstream.
func previewChanges(ui *term.UI, ch *course.Chapter, news course.Tree) (move func(*course.Progress), err error) {
	before, err := ch.Reference.Exercises()
	if err != nil {
		return nil, err
	}
	after, err := news.Exercises()
	if err != nil {
		return nil, course.InFolder(ch, err)
	}
	moves := course.MovesBetween(before, after)
	known := map[mark.ID]bool{}
	for _, old := range before {
		now, ok := course.Find(after, moves[old.ID])
		known[now.ID] = ok
		sayChange(ui, old, now, ok)
	}
	for _, e := range after {
		if !known[e.ID] {
			ui.Say("%s is new, and blank", e)
		}
	}
	return func(p *course.Progress) { p.Move(ch.Name, moves, course.Numbering(after)) }, nil
}

// sayChange says what has become of one exercise.
func sayChange(ui *term.UI, old, now mark.Exercise, ok bool) {
	switch {
	case !ok:
		ui.Tell("%s is no exercise any more; your text is in .workbook/local/saved and in git", old)
		return
	case now.ID != old.ID:
		ui.Say("%s is %s now", old, now.ID)
	}
	if now.Text != old.Text {
		ui.Tell("%s has changed; your text stays. See: go tool workbook reveal %s", now, now.ID)
	}
}
