package main

import (
	"context"
	"slices"
	"strings"
)

// update merges a newer workbook. git alone can't: upstream holds the finished
// exercises where the learner has blanks or other solutions. So the Go files
// of started chapters are merged here, with the learner's text for each
// exercise on all three sides; then only what lies outside can conflict.
func update(ctx context.Context, a *app, args arguments) error {
	g, err := a.git(ctx)
	if err != nil {
		return err
	}
	if g == nil {
		return refuse("update needs git, and there is no repository here", "get the new workbook, and copy your chapters into it")
	}
	remote, err := g.remote(args.first())
	if err != nil {
		return err
	}
	branch, err := mayUpdate(g)
	if err != nil {
		return err
	}
	if err := g.do("fetch", "--quiet", remote, "HEAD"); err != nil {
		return err
	}
	target, err := g.ask("rev-parse", "FETCH_HEAD")
	if err != nil {
		return err
	}
	if g.yes("merge-base", "--is-ancestor", target, branch) {
		a.ui.say("You have the newest workbook.")
		return nil
	}
	if err := a.sayNews(g, branch, target); err != nil {
		return err
	}
	if err := a.lookOutAll(g, target); err != nil {
		return err
	}
	return a.updateBranches(ctx, g, branch, target)
}

// remote returns the remote to take from: the one named, upstream, or origin.
func (g *git) remote(word string) (string, error) {
	text, err := g.ask("remote")
	if err != nil {
		return "", err
	}
	remotes := strings.Fields(text)
	for _, name := range []string{word, "upstream", "origin"} {
		if slices.Contains(remotes, name) && (word == "" || name == word) {
			return name, nil
		}
	}
	return "", refuse("there is no remote to update from", "git remote add upstream URL-of-the-workbook")
}

func mayUpdate(g *git) (branch string, err error) {
	branch = g.branch()
	if branch == "" {
		return "", refuse("HEAD is detached", "git switch main   (or the branch you work on)")
	}
	if g.merging() {
		return "", refuse("a merge is half done here", "git merge --abort   (or git commit, to keep it)")
	}
	changes, err := g.changes()
	if err != nil {
		return "", err
	}
	if changes != "" {
		return "", refuse("there are changes that are not committed:\n  "+strings.ReplaceAll(changes, "\n", "\n  "), "git add --all && git commit")
	}
	return branch, nil
}

// sayNews lists the commits that come, by chapter.
func (a *app) sayNews(g *git, branch, target string) error {
	for _, name := range a.names {
		news, err := g.ask("log", "--format=%s", branch+".."+target, "--", name)
		if err != nil {
			return err
		}
		if news == "" {
			continue
		}
		a.ui.say("%s", a.ui.paint(bold, name))
		for line := range strings.Lines(news) {
			a.ui.say("  %s", strings.TrimSpace(line))
		}
	}
	return nil
}

// updateBranches takes the news into the branch. On a chapter's branch the
// news go through start/… first, so that the pull request does not show them.
func (a *app) updateBranches(ctx context.Context, g *git, branch, target string) error {
	chapter, ok := strings.CutPrefix(branch, "chapter/")
	below := "start/" + chapter
	if !ok || !g.hasBranch(below) {
		return a.mergeNews(ctx, g, target)
	}
	if err := g.do("switch", "--quiet", below); err != nil {
		return err
	}
	err := a.mergeNews(ctx, g, target)
	if err := g.do("switch", "--quiet", branch); err != nil {
		return err
	}
	if err != nil {
		return err
	}
	return a.mergeNews(ctx, g, below)
}
