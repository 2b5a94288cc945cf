package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
)

// pr checks a chapter as its reviewer would, writes the description of the pull
// request and prints the commands that open it. It needs no network.
func pr(ctx context.Context, a *app, args arguments) error {
	ch, err := a.chapter(args.first())
	if err != nil {
		return err
	}
	g, err := a.git(ctx)
	if err != nil {
		return err
	}
	if err := a.mayAsk(g, ch); err != nil {
		return err
	}
	p, err := a.inspect(ctx, g, ch)
	if err != nil {
		return err
	}
	a.printInspection(p)
	p.unsure = a.ui.answer("Which decision are you unsure of? One line, or nothing:")
	file := filepath.Join(a.root, ".workbook", "local", "pr", ch.name+".md")
	if err := a.write(file, p.description()); err != nil {
		return err
	}
	a.ui.label("wrote", a.relative(file))
	if err := a.printCommands(ctx, g, p, a.relative(file), args.flags["--open"]); err != nil {
		return err
	}
	if !p.ready() {
		return errRed
	}
	return nil
}

// mayAsk refuses where there is nothing to review.
func (a *app) mayAsk(g *git, ch *chapter) error {
	switch {
	case g == nil:
		return refuse("a pull request needs git, and there is no repository here", "git init && git add --all && git commit -m 'The workbook'")
	case !g.hasBranch(chapterBranch(ch)):
		return refuse(fmt.Sprintf("there is no branch %s", chapterBranch(ch)), fmt.Sprintf("go tool workbook start %d", ch.number))
	case g.branch() != chapterBranch(ch):
		return refuse(fmt.Sprintf("chapter %d is on its own branch", ch.number), "git switch "+chapterBranch(ch))
	case !g.hasBranch(startBranch(ch)):
		return refuse(fmt.Sprintf("the branch %s is gone, and the pull request would show the whole chapter", startBranch(ch)),
			"git branch "+startBranch(ch)+" $(git log --format=%H --grep '^"+ch.name+": start' -1)")
	}
	changes, err := g.changes()
	if err != nil {
		return err
	}
	if changes != "" {
		return refuse("there are changes that are not committed, and a reviewer would not see them:\n  "+strings.ReplaceAll(changes, "\n", "\n  "),
			"git add "+ch.name+" && git commit")
	}
	if g.yes("diff", "--quiet", startBranch(ch)+"..."+chapterBranch(ch)) {
		return refuse(fmt.Sprintf("there is nothing to review: %s adds nothing to %s", chapterBranch(ch), startBranch(ch)), fmt.Sprintf("go tool workbook check %d", ch.number))
	}
	return nil
}

// inspection is what pr found out about a chapter.
type inspection struct {
	report
	problems []string // of the race detector, vet and gofmt
	raced    bool     // the race detector works here
	findings []finding
	changed  changed
	revealed []mark.Exercise
	unsure   string
	pullRequest
}

// ready reports whether the machine has nothing left to say.
func (p inspection) ready() bool {
	return p.green() && len(p.changed.saved) == 0 && len(p.problems) == 0 && len(p.findings) == 0 && len(p.leaks) == 0
}

func (a *app) inspect(ctx context.Context, g *git, ch *chapter) (inspection, error) {
	var p inspection
	var err error
	if p.report, err = a.examine(ctx, ch, ch.exercises, effort{times: 2, race: true}); err != nil {
		return p, err
	}
	p.raced = canRace(ctx, a.root)
	if p.problems, err = a.mechanical(ctx, ch, p); err != nil {
		return p, err
	}
	if p.findings, err = a.findings(ctx, ch); err != nil {
		return p, err
	}
	if p.changed, err = ch.changes(); err != nil {
		return p, err
	}
	p.changed.saved = g.forged(ch)
	p.pullRequest, err = g.pull(ch, startBranch(ch), chapterBranch(ch))
	p.revealed = a.revealed(ch)
	return p, err
}

// mechanical is what a reviewer should not have to look for: races, vet, gofmt.
func (a *app) mechanical(ctx context.Context, ch *chapter, p inspection) ([]string, error) {
	problems := append(a.vet(ctx, ch), unformatted(ch)...)
	if p.cut() != "" || !p.raced {
		return problems, nil
	}
	defer a.ui.progress("running the tests under the race detector")()
	out, err := a.test(ctx, testRun{chapter: ch.name, race: true, limit: repeatLimit(a.limit)})
	if strings.Contains(out.all(), "WARNING: DATA RACE") {
		problems = append(problems, "the race detector found a race: go test -race ./"+ch.name)
	}
	return problems, err
}

// all is everything that a run's failures wrote.
func (o outcome) all() string {
	var b strings.Builder
	for _, r := range o.rows {
		b.WriteString(r.output)
	}
	return b.String() + o.crash
}

// revealed are the exercises whose reference the learner has looked at here.
func (a *app) revealed(ch *chapter) []mark.Exercise {
	p := a.readProgress()
	return slices.DeleteFunc(slices.Clone(ch.exercises), func(e mark.Exercise) bool { return !p.Revealed[e.ID.String()] })
}

// impostors counts those that the learner's tables unmask, and all.
func (r report) impostors() (unmasked, all int) {
	for _, v := range r.verdicts {
		for _, row := range v.rows {
			if _, ok := impostorIn(row.name); !ok {
				continue
			}
			all++
			if !row.red() {
				unmasked++
			}
		}
	}
	return unmasked, all
}

func (r report) passing() int {
	n := 0
	for _, v := range r.verdicts {
		if v.status == passes {
			n++
		}
	}
	return n
}

// printInspection shows the result of each check in one line.
func (a *app) printInspection(p inspection) {
	a.ui.say("%s", a.ui.paint(bold, p.chapter.name))
	unmasked, impostors := p.impostors()
	if why := p.cut(); why != "" {
		a.tick(false, "%s", why)
	}
	a.tick(p.green(), "%d of %s green", p.passing(), count(len(p.verdicts), "exercise"))
	if impostors > 0 {
		a.tick(unmasked == impostors, "%d of %s unmasked", unmasked, count(impostors, "impostor"))
	}
	a.ticks(p.problems, p.tools()+" are content")
	if p.out.build != "" {
		a.tick(false, "the analyzers did not run")
	} else {
		a.ticks(texts(p.findings), "no analyzer has a finding")
	}
	a.ticks(p.chapter.fates(p.changed.tests), "the workbook's tests are as they were")
	for _, name := range p.changed.saved {
		a.tick(false, "%s was changed: it is what your work is compared with: git checkout %s -- %s", name, startBranch(p.chapter), name)
	}
	a.ticks(texts(p.leaks), "no secret is in the diff")
	if others := len(p.outside) + len(p.changed.given); others > 0 {
		a.ui.say("  %s %s outside the chapter, %s of the given code changed: the text names them", a.ui.paint(yellow, "!"), count(len(p.outside), "file"), count(len(p.changed.given), "file"))
	}
}

// tools are those that ran. The race detector needs a C compiler.
func (p inspection) tools() string {
	if p.raced && p.cut() == "" {
		return "race detector, vet and gofmt"
	}
	return "vet and gofmt"
}

func (a *app) tick(ok bool, format string, args ...any) {
	sign := a.ui.paint(green, "✓")
	if !ok {
		sign = a.ui.paint(red, "✗")
	}
	a.ui.say("  %s %s", sign, fmt.Sprintf(format, args...))
}

// ticks prints problems, or one line that there is none.
func (a *app) ticks(problems []string, none string) {
	if len(problems) == 0 {
		a.tick(true, "%s", none)
	}
	for _, p := range problems {
		a.tick(false, "%s", p)
	}
}

func texts[T fmt.Stringer](all []T) []string {
	var out []string
	for _, t := range all {
		out = append(out, t.String())
	}
	return out
}

func (l leak) String() string {
	if l.past != "" {
		return fmt.Sprintf("%s:%d of commit %s looks like %s: a later commit took it out, and a push would show it all the same", l.file, l.line, l.past, l.kind)
	}
	return fmt.Sprintf("%s:%d looks like %s: take it out of the commits, and make a new one", l.file, l.line, l.kind)
}

func inFiles(ch *chapter, names []string, what string) []string {
	var out []string
	for _, name := range names {
		out = append(out, ch.path(name)+what)
	}
	return out
}

// printCommands prints what opens the pull request; open runs it.
func (a *app) printCommands(ctx context.Context, g *git, p inspection, file string, open bool) error {
	ch := p.chapter
	repo := g.gitHub()
	push := []string{"git", "push", "--set-upstream", "origin", startBranch(ch), chapterBranch(ch)}
	create := []string{"gh", "pr", "create", "--repo", repo, "--base", startBranch(ch), "--head", chapterBranch(ch),
		"--title", fmt.Sprintf("Chapter %d: %s", ch.number, ch.name[3:]), "--body-file", file}
	if !p.ready() {
		create = append(create, "--draft")
	}
	if open && len(p.leaks) > 0 {
		return refuse("nothing is pushed: it would make the secret public, and a later commit does not take it back",
			"git reset --soft "+startBranch(ch)+"   and commit again without it")
	}
	if open {
		return a.open(ctx, g, push, create)
	}
	a.ui.label("open", "")
	a.ui.say("    %s", shell(push, g.width))
	if repo == "" {
		a.ui.say("    Open a pull request from %s into %s, with %s as its text.", chapterBranch(ch), startBranch(ch), file)
		a.ui.say("    (origin is not on GitHub; there `gh` would do it.)")
	} else {
		a.ui.say("    %s", shell(create, g.width))
	}
	a.ui.label("merge", "after the review, with a merge commit, never a squash")
	if repo != "" {
		a.ui.say("    %s", shell([]string{"gh", "pr", "merge", "--repo", repo, "--merge", chapterBranch(ch)}, g.width))
	}
	a.ui.say("    go tool workbook finish %d", ch.number)
	return nil
}

// gitHub is "owner/name" of origin, "" when that is elsewhere or missing.
func (g *git) gitHub() string {
	url, err := g.ask("config", "--get", "remote.origin.url")
	m := regexp.MustCompile(`^(?:https://(?:[^@/]+@)?github\.com/|git@github\.com:|ssh://git@github\.com/)([\w.-]+/[\w.-]+?)(?:\.git)?/?$`).FindStringSubmatch(url)
	if err != nil || m == nil {
		return ""
	}
	return m[1]
}

// open pushes both branches and opens the pull request.
func (a *app) open(ctx context.Context, g *git, push, create []string) error {
	if g.gitHub() == "" {
		return refuse("--open needs the remote origin on GitHub", "git remote add origin https://github.com/YOU/REPOSITORY")
	}
	gh, err := exec.LookPath("gh")
	if errors.Is(err, exec.ErrNotFound) {
		return refuse("--open needs gh, GitHub's command line", "install it from https://cli.github.com, or type what go tool workbook pr prints")
	}
	if err != nil {
		return err
	}
	if err := g.do(push[1:]...); err != nil {
		return err
	}
	a.ui.say("%s", shell(append([]string{"$"}, create...), g.width))
	cmd := exec.CommandContext(ctx, gh, create[1:]...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = a.root, a.ui.out, os.Stderr
	return cmd.Run()
}
