package main

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// patched returns the course with a pull request applied, in a folder of its
// own. A patch against the started chapter is the rule; one against the whole
// workbook brings its own start along.
func (a *app) patched(ctx context.Context, ch *chapter, patch string) (*app, func(), error) {
	patch, err := filepath.Abs(patch)
	if err != nil {
		return nil, nil, err
	}
	if info, err := os.Stat(patch); err != nil || info.IsDir() {
		return nil, nil, refuse("there is no patch "+a.relative(patch), "get it: gh pr diff NUMBER > pr.patch   (or git diff "+startBranch(ch)+"..."+chapterBranch(ch)+" > pr.patch)")
	}
	dir, err := os.MkdirTemp("", "workbook-review-*")
	if err != nil {
		return nil, nil, err
	}
	clean := func() { _ = os.RemoveAll(dir) }
	there, err := a.applied(ctx, ch, patch, dir)
	if err != nil {
		clean()
		return nil, nil, err
	}
	return there, clean, nil
}

func (a *app) applied(ctx context.Context, ch *chapter, patch, dir string) (*app, error) {
	var first error
	for i, blank := range []bool{true, false} {
		to := filepath.Join(dir, []string{"blank", "whole"}[i])
		there, err := a.copyTo(ctx, ch, to, blank)
		if err != nil {
			return nil, err
		}
		if err = gitApply(ctx, to, patch); err == nil {
			return there, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, refuse("the patch does not fit this workbook: "+first.Error(),
		"take the workbook that it was made with (git log -1 in the learner's tree), or check the branch out: gh pr checkout NUMBER")
}

// forged returns what a patch has changed of the reference: the copy is
// compared with the reviewer's own.
func forged(own, theirs *chapter) []string {
	var all []string
	for name := range union(own.reference, theirs.reference) {
		if own.reference[name] != theirs.reference[name] {
			all = append(all, ".workbook/"+own.name+"/reference/"+name)
		}
	}
	slices.Sort(all)
	return all
}

// forged returns what a branch has changed of the reference since start.
func (g *git) forged(ch *chapter) []string {
	names, err := g.ask("diff", "--name-only", g.base(ch)+"...HEAD", "--", ".workbook/"+ch.name)
	if err != nil {
		return nil // the base is not here
	}
	return strings.Fields(names)
}

// gitApply is strict about paths by itself: nothing outside the folder.
func gitApply(ctx context.Context, dir, patch string) error {
	cmd := exec.CommandContext(ctx, "git", "apply", "--whitespace=nowarn", patch)
	cmd.Dir = dir
	// Inside another repository git would leave out what is not below it.
	cmd.Env = append(os.Environ(), "GIT_CEILING_DIRECTORIES="+filepath.Dir(dir))
	out, err := cmd.CombinedOutput()
	if err != nil {
		return refuse(strings.Join(strings.Fields(string(out)), " "))
	}
	return nil
}

// copyTo copies the course, with the chapter as its reference or as start
// leaves it.
func (a *app) copyTo(ctx context.Context, ch *chapter, to string, blank bool) (*app, error) {
	if err := a.copyFiles(to, ch); err != nil {
		return nil, err
	}
	for name, text := range ch.reference {
		if err := os.WriteFile(filepath.Join(to, ch.name, name), []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	c, err := openCourse(to)
	if err != nil {
		return nil, err
	}
	there := &app{course: c, ui: a.ui, limit: a.limit}
	if !blank {
		return there, nil
	}
	started, err := there.read(ch.name)
	if err != nil {
		return nil, err
	}
	blanks, err := there.keepReference(ctx, nil, started)
	if err != nil {
		return nil, err
	}
	_, err = there.overwriteAll(started, blanks)
	return there, err
}

// copyFiles copies everything but the Go files of the chapter and what git and
// the workbook keep for themselves.
func (a *app) copyFiles(to string, ch *chapter) error {
	return filepath.WalkDir(a.root, func(path string, d fs.DirEntry, err error) error {
		rel := a.relative(path)
		switch {
		case err != nil:
			return err
		case rel == ".git" || rel == "data" || rel == ".workbook/local" || rel == ".workbook/"+ch.name:
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		case !d.Type().IsRegular() || filepath.Dir(rel) == ch.name && isGoFile(d.Name()):
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), text, 0o644)
	})
}
