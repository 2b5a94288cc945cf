package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bluekeyes/go-gitdiff/gitdiff"
)

// git runs git in the course's folder.
type git struct {
	ctx   context.Context
	dir   string
	say   func(format string, args ...any)
	width int // of a line
}

// git returns nil where there is no git or no repository: commands do without.
// A repository that git refuses to work in is an error, not a missing one.
func (a *app) git(ctx context.Context) (*git, error) {
	g := &git{ctx: ctx, dir: a.root, say: a.ui.say, width: math.MaxInt}
	if a.ui.screen {
		g.width = a.ui.width
	}
	top, err := g.ask("rev-parse", "--show-toplevel")
	_, missing := os.Stat(filepath.Join(a.root, ".git"))
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return nil, nil
	case err != nil && missing == nil:
		return nil, refuse("git does not work here: "+err.Error(), "git status")
	case err != nil, !sameFolder(top, a.root): // or a folder inside a repository of something else
		return nil, nil
	}
	return g, nil
}

func sameFolder(a, b string) bool {
	x, errX := os.Stat(filepath.FromSlash(a))
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// ask runs a command that changes nothing and returns what it says.
func (g *git) ask(args ...string) (string, error) {
	text, err := g.read(args...)
	return strings.TrimSpace(text), err
}

// read is ask for the text of a file, with its last line end.
func (g *git) read(args ...string) (string, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(g.ctx, "git", args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = g.dir, &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("git %s: %w %s", strings.Join(args, " "), err, strings.TrimSpace(stderr.String()))
	}
	return stdout.String(), nil
}

// plainDiff makes git's diffs the same under every configuration.
var plainDiff = []string{"--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--text", "--src-prefix=a/", "--dst-prefix=b/"}

// diff is what a chapter's pull request changes.
func (g *git) diff(base, head string) ([]*gitdiff.File, error) {
	return g.readDiff("diff", base+"..."+head)
}

// readDiff reads a diff that git writes, the same under every configuration.
func (g *git) readDiff(command string, args ...string) ([]*gitdiff.File, error) {
	text, err := g.read(slices.Concat([]string{"-c", "core.quotePath=off", command}, plainDiff, args)...)
	if err != nil {
		return nil, err
	}
	return parseDiff(text)
}

// base is the branch that a chapter's pull request goes into, "" if it is not
// here.
func (g *git) base(ch *chapter) string {
	for _, name := range []string{startBranch(ch), "origin/" + startBranch(ch)} {
		if g.yes("rev-parse", "--verify", "--quiet", name) {
			return name
		}
	}
	return ""
}

// leaks returns the secrets of a pull request: those in its diff, and those
// that one of its commits has and a later one took out. A push shows both.
func (g *git) leaks(diff []*gitdiff.File, base, head string) ([]leak, error) {
	found := leaks(diff)
	if shallow, err := g.ask("rev-parse", "--is-shallow-repository"); err != nil || shallow == "true" {
		return found, err // the first commit would show the whole tree
	}
	commits, err := g.ask("rev-list", "--first-parent", "--no-merges", "--abbrev-commit", base+".."+head)
	for commit := range strings.FieldsSeq(commits) {
		diff, err := g.readDiff("show", "--format=", commit)
		if err != nil {
			return nil, err
		}
		for _, l := range leaks(diff) {
			if !slices.ContainsFunc(found, func(f leak) bool { return f.file == l.file && f.kind == l.kind }) {
				l.past = commit
				found = append(found, l)
			}
		}
	}
	return found, err
}

// yes reports whether a command that answers by its exit status says so.
func (g *git) yes(args ...string) bool {
	_, err := g.read(args...)
	return err == nil
}

// do runs a command that changes something, and shows it: the learner could
// have typed it.
func (g *git) do(args ...string) error {
	g.say("%s", shell(append([]string{"$", "git"}, args...), g.width))
	_, err := g.read(append(g.identity(), args...)...)
	return err
}

// identity lends a name for commits to a machine that has none.
func (g *git) identity() []string {
	if g.named() {
		return nil
	}
	return []string{"-c", "user.name=workbook", "-c", "user.email=workbook@localhost"}
}

func (g *git) named() bool {
	return g.yes("var", "GIT_COMMITTER_IDENT") && g.yes("var", "GIT_AUTHOR_IDENT")
}

// adviseName says how to set a name, if there is none.
func (g *git) adviseName() {
	if !g.named() {
		g.say(`git does not know your name. The workbook's commits carry the name "workbook"; for yours type`)
		g.say(`  git config user.name "Your Name"`)
		g.say(`  git config user.email you@example.com`)
	}
}

// branch returns the current branch, "" when HEAD is detached.
func (g *git) branch() string {
	name, _ := g.ask("symbolic-ref", "--quiet", "--short", "HEAD")
	return name
}

func (g *git) hasBranch(name string) bool {
	return g.yes("rev-parse", "--verify", "--quiet", "refs/heads/"+name)
}

// merging reports whether a merge has begun and is not committed.
func (g *git) merging() bool { return g.yes("rev-parse", "--verify", "--quiet", "MERGE_HEAD") }

// changes returns what is not committed below some paths, one line a file.
func (g *git) changes(paths ...string) (string, error) {
	text, err := g.read(append([]string{"status", "--porcelain", "--"}, paths...)...)
	return strings.TrimRight(text, "\n"), err
}

// contains reports whether a branch has everything of another: by a merge, or
// because the paths are the same, as after a squash merge on the server.
func (g *git) contains(branch, other string, paths ...string) bool {
	if g.yes("merge-base", "--is-ancestor", other, branch) {
		return true
	}
	return g.yes(append([]string{"diff", "--quiet", branch, other, "--"}, paths...)...)
}

// shell shows arguments as one would type them. A line that is too long goes on
// below, in a way that a shell understands when it is copied.
func shell(args []string, width int) string {
	var b strings.Builder
	column := 0
	for i, arg := range args {
		if strings.ContainsAny(arg, " \t\"'") {
			arg = "'" + arg + "'"
		}
		length := columnsOf(arg)
		switch {
		case i == 0:
		case column+1+length+2 > width: // room for a backslash
			b.WriteString(" \\\n    ")
			column = 4
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(arg)
		column += length
	}
	return b.String()
}

// startBranch and chapterBranch are the two ends of a chapter's pull request.
func startBranch(ch *chapter) string   { return "start/" + ch.name }
func chapterBranch(ch *chapter) string { return "chapter/" + ch.name }

// paths are what a chapter's commits touch.
func (ch *chapter) paths() []string { return []string{ch.name, ".workbook/" + ch.name} }
