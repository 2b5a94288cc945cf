package proof

import (
	"context"
	"os"
	"path/filepath"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
)

// A mutant may write to any file whose name it gets wrong. So it runs in a folder
// that only looks like the chapter's: its Go files are written there, and all else
// is a link to what is in the course, which a mutant can at most take away.

// tryApart runs tests of a binary over a version of the chapter in such a folder.
func (h *hunt) tryApart(ctx context.Context, t course.Tree, run gorun.TestRun) (gorun.Outcome, error) {
	root := h.dir.Folder()
	defer os.RemoveAll(root)
	run.Chapter, run.Dir = h.chapter.Name, filepath.Join(root, h.chapter.Name)
	if err := h.lookAlike(root, run.Dir, t); err != nil {
		return gorun.Outcome{}, err
	}
	return h.runner.Test(ctx, run)
}

// lookAlike makes root look like the course, and dir below it like the chapter.
func (h *hunt) lookAlike(root, dir string, t course.Tree) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, text := range t {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	if err := linkAll(h.chapter.Dir, dir, course.IsGoFile); err != nil {
		return err
	}
	return linkAll(h.runner.Course.Root, root, func(name string) bool { return name == h.chapter.Name })
}

// linkAll links what is in one folder into another, but for some names.
func linkAll(from, to string, without func(name string) bool) error {
	entries, err := os.ReadDir(from)
	for _, e := range entries {
		if without(e.Name()) {
			continue
		}
		if err := os.Symlink(filepath.Join(from, e.Name()), filepath.Join(to, e.Name())); err != nil {
			return err
		}
	}
	return err
}
