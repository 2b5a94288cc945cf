package review

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/proof"
	"example.com/authbook/internal/workbook/term"
	"example.com/authbook/internal/workbook/vcs"
)

// PullRequest checks a chapter as its reviewer would, writes the description of the pull
// request and prints the commands that open it. It needs no network.
func PullRequest(ctx context.Context, runner *gorun.Runner, ui *term.UI, args term.Arguments) error {
	ch, err := runner.Course.Chapter(args.First())
	if err != nil {
		return err
	}
	g, err := vcs.Open(ctx, runner.Course, ui)
	if err != nil {
		return err
	}
	if err := mayAsk(g, ch); err != nil {
		return err
	}
	p, err := inspect(ctx, runner, ui, g, ch)
	if err != nil {
		return err
	}
	printInspection(ui, p)
	patient, stop := context.WithTimeout(ctx, proof.Patience)
	defer stop()
	if p.guesses, err = askOwn(patient, runner, ui, p); err != nil {
		return err
	}
	p.unsure = ui.Answer("Which decision are you unsure of? One line, or nothing:")
	file := filepath.Join(runner.Course.Root, ".workbook", "local", "pr", ch.Name+".md")
	if err := runner.Course.Write(file, p.description()); err != nil {
		return err
	}
	ui.Label("wrote", runner.Course.Relative(file))
	if err := printCommands(ctx, runner.Course, ui, g, p, runner.Course.Relative(file),
		args.Flags["--open"]); err != nil {
		return err
	}
	if !p.ready() {
		return term.ErrRed
	}
	return nil
}

// mayAsk refuses where there is nothing to review.
func mayAsk(g *vcs.Git, ch *course.Chapter) error {
	switch {
	case g == nil:
		return term.Refuse(text.T("a pull request needs git, and there is no repository here"),
			"git init && git add --all && git commit -m 'The workbook'")
	case !g.HasBranch(vcs.ChapterBranch(ch)):
		return term.Refuse(text.T("there is no branch %s", vcs.ChapterBranch(ch)),
			fmt.Sprintf("go tool workbook start %d", ch.Number))
	case g.Branch() != vcs.ChapterBranch(ch):
		return term.Refuse(text.T("chapter %d is on its own branch", ch.Number),
			"git switch "+vcs.ChapterBranch(ch))
	case !g.HasBranch(vcs.StartBranch(ch)):
		return term.Refuse(text.T("the branch %s is gone, and the pull request would show the whole chapter",
			vcs.StartBranch(ch)),
			"git branch "+vcs.StartBranch(ch)+" $(git log --format=%H --grep '^"+ch.Name+": start' -1)")
	}
	changes, err := g.Changes()
	if err != nil {
		return err
	}
	if changes != "" {
		return term.Refuse(text.T("there are changes that are not committed, and a reviewer would not see them:\n  %s",
			strings.ReplaceAll(changes, "\n", "\n  ")),
			"git add "+ch.Name+" && git commit")
	}
	if g.Yes("diff", "--quiet", vcs.StartBranch(ch)+"..."+vcs.ChapterBranch(ch)) {
		return term.Refuse(text.T("there is nothing to review: %s adds nothing to %s", vcs.ChapterBranch(ch),
			vcs.StartBranch(ch)), fmt.Sprintf("go tool workbook check %d", ch.Number))
	}
	return nil
}

// printCommands prints what opens the pull request; open runs it.
func printCommands(ctx context.Context, c *course.Course, ui *term.UI, g *vcs.Git, p inspection, file string,
	open bool) error {
	ch := p.Chapter
	repo := g.GitHub()
	push := []string{"git", "push", "--set-upstream", "origin", vcs.StartBranch(ch), vcs.ChapterBranch(ch)}
	create := []string{"gh", "pr", "create", "--repo", repo, "--base", vcs.StartBranch(ch), "--head",
		vcs.ChapterBranch(ch),
		"--title", text.T("Chapter %d: %s", ch.Number, ch.Name[3:]), "--body-file", file}
	if !p.ready() {
		create = append(create, "--draft")
	}
	if open && len(p.Leaks) > 0 {
		return term.Refuse(
			text.T("nothing is pushed: it would make the secret public, and a later commit does not take it back"),
			text.T("git reset --soft %s   and commit again without it", vcs.StartBranch(ch)))
	}
	if open {
		return openPullRequest(ctx, c, ui, g, push, create)
	}
	ui.Label("open", "")
	ui.Say("    %s", vcs.Shell(push, g.Width))
	if repo == "" {
		ui.Item(" ", ui.T("Open a pull request from %s into %s, with %s as its text.", vcs.ChapterBranch(ch),
			vcs.StartBranch(ch), file))
		ui.Item(" ", ui.T("(origin is not on GitHub; there `gh` would do it.)"))
	} else {
		ui.Say("    %s", vcs.Shell(create, g.Width))
	}
	ui.Label("merge", text.T("after the review, with a merge commit, never a squash"))
	if repo != "" {
		ui.Say("    %s",
			vcs.Shell([]string{"gh", "pr", "merge", "--repo", repo, "--merge", vcs.ChapterBranch(ch)}, g.Width))
	}
	ui.Say("    go tool workbook finish %d", ch.Number)
	return nil
}

// openPullRequest pushes both branches and opens the pull request.
func openPullRequest(ctx context.Context, c *course.Course, ui *term.UI, g *vcs.Git, push, create []string) error {
	if g.GitHub() == "" {
		return term.Refuse(text.T("--open needs the remote origin on GitHub"),
			"git remote add origin https://github.com/YOU/REPOSITORY")
	}
	gh, err := exec.LookPath("gh")
	if errors.Is(err, exec.ErrNotFound) {
		return term.Refuse(text.T("--open needs gh, GitHub's command line"),
			text.T("install it from https://cli.github.com, or type what go tool workbook pr prints"))
	}
	if err != nil {
		return err
	}
	if err := g.Do(push[1:]...); err != nil {
		return err
	}
	ui.Say("%s", vcs.Shell(append([]string{"$"}, create...), g.Width))
	cmd := exec.CommandContext(ctx, gh, create[1:]...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = c.Root, ui.Out, os.Stderr
	return cmd.Run()
}
