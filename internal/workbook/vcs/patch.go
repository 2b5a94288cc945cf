package vcs

import (
	"context"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
)

// Patched returns the course with a pull request applied, in a folder of its
// own. A patch against the started chapter is the rule; one against the whole
// workbook brings its own start along.
func Patched(ctx context.Context, c *course.Course, ch *course.Chapter, patch string) (*course.Course, func(), error) {
	patch, err := filepath.Abs(patch)
	if err != nil {
		return nil, nil, err
	}
	if info, err := os.Stat(patch); err != nil || info.IsDir() {
		return nil, nil, term.Refuse(text.T("there is no patch %s", c.Relative(patch)),
			text.T("get it: gh pr diff NUMBER > pr.patch   (or git diff %s...%s > pr.patch)", StartBranch(ch),
				ChapterBranch(ch)))
	}
	dir, err := os.MkdirTemp("", "workbook-review-*")
	if err != nil {
		return nil, nil, err
	}
	clean := func() { _ = os.RemoveAll(dir) }
	there, err := applied(ctx, c, ch, patch, dir)
	if err != nil {
		clean()
		return nil, nil, err
	}
	return there, clean, nil
}

func applied(ctx context.Context, c *course.Course, ch *course.Chapter, patch, dir string) (*course.Course, error) {
	lost, err := lostIn(patch)
	if err != nil {
		return nil, err
	}
	var first error
	for i, blank := range []bool{true, false} {
		to := filepath.Join(dir, []string{"blank", "whole"}[i])
		there, err := copyTo(ctx, c, ch, to, blank)
		if err != nil {
			return nil, err
		}
		if err = gitApply(ctx, to, patch, lost...); err == nil {
			return there, nil
		}
		if first == nil {
			first = err
		}
	}
	return nil, term.Refuse(text.T("the patch does not fit this workbook: %v", first),
		text.T("take the workbook that it was made with (git log -1 in the learner's tree), "+
			"or check the branch out: gh pr checkout NUMBER"))
}

// lostIn are the binaries that a patch names without their bytes, as a plain git
// diff does: all else of it can be applied.
func lostIn(patch string) ([]string, error) {
	text, err := os.ReadFile(patch)
	if err != nil {
		return nil, err
	}
	var names []string
	files, _ := parseDiff(string(text)) // one that can't be read is git's to refuse
	for _, f := range touched(files) {
		if f.Lost {
			names = append(names, f.Name)
		}
	}
	return names, nil
}

// gitApply is strict about paths by itself: nothing outside the folder.
func gitApply(ctx context.Context, dir, patch string, without ...string) error {
	args := []string{"apply", "--whitespace=nowarn"}
	for _, name := range without {
		args = append(args, "--exclude="+strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(name))
	}
	cmd := exec.CommandContext(ctx, "git", append(args, patch)...)
	cmd.Dir = dir
	// Inside another repository git would leave out what is not below it.
	cmd.Env = append(os.Environ(), "GIT_CEILING_DIRECTORIES="+filepath.Dir(dir))
	out, err := cmd.CombinedOutput()
	if err != nil {
		return term.Refuse(strings.Join(strings.Fields(string(out)), " "))
	}
	return nil
}

// copyTo copies the course, with the chapter as its reference or as start
// leaves it.
func copyTo(ctx context.Context, c *course.Course, ch *course.Chapter, to string, blank bool) (*course.Course, error) {
	if err := copyFiles(c, to, ch); err != nil {
		return nil, err
	}
	for name, text := range ch.Reference {
		if err := os.WriteFile(filepath.Join(to, ch.Name, name), []byte(text), 0o644); err != nil {
			return nil, err
		}
	}
	c, err := course.Open(to)
	if err != nil {
		return nil, err
	}
	if !blank {
		return c, nil
	}
	started, err := c.Read(ch.Name)
	if err != nil {
		return nil, err
	}
	blanks, err := c.KeepReference(ctx, started, "")
	if err != nil {
		return nil, err
	}
	_, err = c.OverwriteAll(started, blanks)
	return c, err
}

// copyFiles copies everything but the Go files of the chapter and what git and
// the workbook keep for themselves.
func copyFiles(c *course.Course, to string, ch *course.Chapter) error {
	return filepath.WalkDir(c.Root, func(path string, d fs.DirEntry, err error) error {
		rel := c.Relative(path)
		switch {
		case err != nil:
			return err
		case rel == ".git" || rel == "data" || rel == ".workbook/local" || rel == ".workbook/"+ch.Name:
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return os.MkdirAll(filepath.Join(to, rel), 0o755)
		case !d.Type().IsRegular() || filepath.Dir(rel) == ch.Name && course.IsGoFile(d.Name()):
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(to, rel), text, 0o644)
	})
}
