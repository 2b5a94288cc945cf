package main

import (
	"context"
	"fmt"
	"strings"
)

// finish merges a chapter into the branch it started from, with all its
// commits: a squash would make the next merge of the same branch a conflict.
// It may be called again after late review fixes.
func finish(ctx context.Context, a *app, args arguments) error {
	ch, err := a.chapter(args.first())
	if err != nil {
		return err
	}
	g, err := a.git(ctx)
	if err != nil {
		return err
	}
	if g == nil {
		return a.finishWithoutGit(ctx, ch)
	}
	if !g.hasBranch(chapterBranch(ch)) {
		return refuse(fmt.Sprintf("there is no branch %s", chapterBranch(ch)), fmt.Sprintf("go tool workbook start %d", ch.number))
	}
	base := g.baseOf(ch)
	if base == "" {
		return refuse("the branch that chapter "+ch.name+" was started from is gone", "git switch main && git merge --no-ff "+chapterBranch(ch))
	}
	if g.contains(base, chapterBranch(ch), ch.paths()...) {
		a.ui.say("Chapter %d is finished: %s has all of %s.", ch.number, base, chapterBranch(ch))
		return nil
	}
	if err := a.mayFinish(ctx, g, ch); err != nil {
		return err
	}
	if err := g.merge(ch, base); err != nil {
		return err
	}
	a.ui.say("Chapter %d is finished: %s has your work now.", ch.number, base)
	a.ui.label("next", a.nextAfter(g, base, ch))
	return nil
}

// nextAfter proposes the next chapter, or the merge that is left when this one
// was started from another's branch.
func (a *app) nextAfter(g *git, base string, ch *chapter) string {
	if below, ok := strings.CutPrefix(base, "chapter/"); ok {
		return fmt.Sprintf("go tool workbook finish %d   takes both on", atoi(below[:2]))
	}
	next, err := a.chapter(fmt.Sprint(ch.number + 1))
	switch {
	case err != nil:
		return "go tool workbook run   is your server"
	case g != nil && g.hasBranch(chapterBranch(next)):
		return "git switch " + chapterBranch(next) + "   is started; git merge " + base + "   brings it this"
	}
	return fmt.Sprintf("go tool workbook start %d   builds on it", next.number)
}

// mayFinish refuses unless what is committed is what is checked, and green.
func (a *app) mayFinish(ctx context.Context, g *git, ch *chapter) error {
	if g.branch() != chapterBranch(ch) {
		return refuse(fmt.Sprintf("chapter %d is checked on its own branch first", ch.number), "git switch "+chapterBranch(ch), fmt.Sprintf("go tool workbook finish %d", ch.number))
	}
	changes, err := g.changes()
	if err != nil {
		return err
	}
	if changes != "" {
		return refuse("there are changes that are not committed:\n  "+strings.ReplaceAll(changes, "\n", "\n  "),
			"git add "+ch.name+" && git commit")
	}
	return a.mustBeGreen(ctx, ch)
}

func (a *app) mustBeGreen(ctx context.Context, ch *chapter) error {
	r, err := a.examine(ctx, ch, ch.exercises, effort{times: 1, race: true})
	if err != nil {
		return err
	}
	if r.green() {
		return nil
	}
	if err := a.print(r); err != nil {
		return err
	}
	return refuse(fmt.Sprintf("chapter %d is not green: nothing is merged", ch.number))
}

// merge merges the chapter's branch into base and stays there. When that fails
// everything is as it was.
func (g *git) merge(ch *chapter, base string) error {
	if err := g.do("switch", "--quiet", base); err != nil {
		return err
	}
	err := g.do("merge", "--quiet", "--no-ff", "-m", "Merge "+chapterBranch(ch), chapterBranch(ch))
	if err == nil {
		return nil
	}
	if g.merging() {
		if err := g.do("merge", "--abort"); err != nil {
			return err
		}
	}
	if err := g.do("switch", "--quiet", chapterBranch(ch)); err != nil {
		return err
	}
	return refuse(fmt.Sprintf("%s and %s have both changed the same lines, as after a squash merge: nothing is merged (%v)", base, chapterBranch(ch), err),
		"git switch "+base,
		"git merge -X theirs --no-ff "+chapterBranch(ch)+"   takes your chapter's lines where both differ")
}

// finishWithoutGit notes that the chapter is done.
func (a *app) finishWithoutGit(ctx context.Context, ch *chapter) error {
	if err := a.mayReset(ch); err != nil {
		return err
	}
	if err := a.mustBeGreen(ctx, ch); err != nil {
		return err
	}
	ch.state.Finished = true
	if err := a.writeState(ch, ch.state); err != nil {
		return err
	}
	a.ui.say("Chapter %d is finished.", ch.number)
	a.ui.label("next", a.nextAfter(nil, "", ch))
	return nil
}
