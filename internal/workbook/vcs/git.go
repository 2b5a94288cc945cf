package vcs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
	"github.com/bluekeyes/go-gitdiff/gitdiff"
)

// Git runs git in the course's folder.
type Git struct {
	ctx   context.Context
	dir   string
	out   term.Printer
	Width int // of a line
}

// Open returns nil where there is no git or no repository: commands do without.
// A repository that git refuses to work in is an error, not a missing one.
func Open(ctx context.Context, c *course.Course, printer term.Printer) (*Git, error) {
	g := &Git{ctx: ctx, dir: c.Root, out: printer, Width: printer.LineWidth()}
	top, err := g.Ask("rev-parse", "--show-toplevel")
	_, missing := os.Stat(filepath.Join(c.Root, ".git"))
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return nil, nil
	case err != nil && missing == nil:
		return nil, term.Refuse(text.T("git does not work here: %v", err), "git status")
	case err != nil, !sameFolder(top, c.Root): // or a folder inside a repository of something else
		return nil, nil
	}
	return g, nil
}

func sameFolder(a, b string) bool {
	x, errX := os.Stat(filepath.FromSlash(a))
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// Ask runs a command that changes nothing and returns what it says.
func (g *Git) Ask(args ...string) (string, error) {
	text, err := g.Read(args...)
	return strings.TrimSpace(text), err
}

// names is Ask for a command that lists files and has the flag -z: only with it git
// gives names that are not ASCII as they are, and blanks in them are no end.
func (g *Git) names(args ...string) ([]string, error) {
	text, err := g.Read(args...)
	return strings.FieldsFunc(text, func(r rune) bool { return r == 0 }), err
}

// Read is ask for the text of a file, with its last line end.
func (g *Git) Read(args ...string) (string, error) {
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(g.ctx, "git", args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = g.dir, &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("git %s: %w %s", strings.Join(args, " "), err, strings.TrimSpace(stderr.String()))
	}
	return stdout.String(), nil
}

// plainDiff makes git's diffs the same under every configuration.
var plainDiff = []string{"--no-color", "--no-ext-diff", "--no-textconv", "--no-renames", "--text", "--src-prefix=a/",
	"--dst-prefix=b/"}

// readDiff reads a diff that git writes, the same under every configuration.
func (g *Git) readDiff(command string, args ...string) ([]*gitdiff.File, error) {
	text, err := g.Read(slices.Concat([]string{"-c", "core.quotePath=off", command}, plainDiff, args)...)
	if err != nil {
		return nil, err
	}
	return parseDiff(text)
}

// diff is what a chapter's pull request changes.
func (g *Git) diff(base, head string) ([]*gitdiff.File, error) {
	return g.readDiff("diff", base+"..."+head)
}

// Yes reports whether a command that answers by its exit status says so.
func (g *Git) Yes(args ...string) bool {
	_, err := g.Read(args...)
	return err == nil
}

// Do runs a command that changes something, and shows it: the learner could
// have typed it.
func (g *Git) Do(args ...string) error {
	g.out.Say("%s", Shell(append([]string{"$", "git"}, args...), g.Width))
	_, err := g.Read(append(g.identity(), args...)...)
	return err
}

// identity lends a name for commits to a machine that has none.
func (g *Git) identity() []string {
	if g.named() {
		return nil
	}
	return []string{"-c", "user.name=workbook", "-c", "user.email=workbook@localhost"}
}

func (g *Git) named() bool {
	return g.Yes("var", "GIT_COMMITTER_IDENT") && g.Yes("var", "GIT_AUTHOR_IDENT")
}

// AdviseName says how to set a name, if there is none.
func (g *Git) AdviseName() {
	if !g.named() {
		g.out.Say(`git does not know your name. The workbook's commits carry the name "workbook"; for yours type`)
		g.out.Say(`  git config user.name "Your Name"`)
		g.out.Say(`  git config user.email you@example.com`)
	}
}

// Branch returns the current branch, "" when HEAD is detached.
func (g *Git) Branch() string {
	name, _ := g.Ask("symbolic-ref", "--quiet", "--short", "HEAD")
	return name
}

// HasBranch reports whether a branch of that name is here.
func (g *Git) HasBranch(name string) bool {
	return g.Yes("rev-parse", "--verify", "--quiet", "refs/heads/"+name)
}

// Merging reports whether a merge has begun and is not committed.
func (g *Git) Merging() bool { return g.Yes("rev-parse", "--verify", "--quiet", "MERGE_HEAD") }

// Changes returns what is not committed below some paths, one line a file.
func (g *Git) Changes(paths ...string) (string, error) {
	text, err := g.Read(append([]string{"status", "--porcelain", "--"}, paths...)...)
	return strings.TrimRight(text, "\n"), err
}

// Contains reports whether a branch has everything of another: by a merge, or
// because the paths are the same, as after a squash merge on the server.
func (g *Git) Contains(branch, other string, paths ...string) bool {
	if g.Yes("merge-base", "--is-ancestor", other, branch) {
		return true
	}
	return g.Yes(append([]string{"diff", "--quiet", branch, other, "--"}, paths...)...)
}

// Merge merges the chapter's branch into base and stays there. When that fails
// everything is as it was.
func (g *Git) Merge(ch *course.Chapter, base string) error {
	if err := g.Do("switch", "--quiet", base); err != nil {
		return err
	}
	err := g.Do("merge", "--quiet", "--no-ff", "-m", "Merge "+ChapterBranch(ch), ChapterBranch(ch))
	if err == nil {
		return nil
	}
	if g.Merging() {
		if err := g.Do("merge", "--abort"); err != nil {
			return err
		}
	}
	if err := g.Do("switch", "--quiet", ChapterBranch(ch)); err != nil {
		return err
	}
	return term.Refuse(
		text.T("%s and %s have both changed the same lines, as after a squash merge: nothing is merged (%v)",
			base, ChapterBranch(ch), err),
		"git switch "+base,
		text.T("git merge -X theirs --no-ff %s   takes your chapter's lines where both differ", ChapterBranch(ch)))
}
