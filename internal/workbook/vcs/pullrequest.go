package vcs

import (
	"cmp"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
	"github.com/bluekeyes/go-gitdiff/gitdiff"
)

// PullRequest is what a pull request changes.
type PullRequest struct {
	Files []File // all of them, sorted by name
	Leaks []Leak
}

// File is one that a pull request touches.
type File struct {
	Name string
	New  bool
	Lost bool // a binary whose bytes are not in the patch
}

// PullOfPatch reads what a patch brings. The error says how to make the patch anew.
func PullOfPatch(name string, ch *course.Chapter) (PullRequest, error) {
	patch, err := os.ReadFile(name)
	if err != nil {
		return PullRequest{}, err
	}
	files, err := parseDiff(string(patch))
	if err != nil {
		return PullRequest{}, term.Refuse(text.T("the patch %s can't be read: %v", filepath.Base(name), err),
			text.T("make it anew: git diff --binary %s...%s > pr.patch", StartBranch(ch), ChapterBranch(ch)))
	}
	return PullRequest{touched(files), leaks(files)}, nil
}

// Pull reads what a branch brings into another.
func (g *Git) Pull(base, head string) (PullRequest, error) {
	diff, err := g.diff(base, head)
	if err != nil {
		return PullRequest{}, err
	}
	found, err := g.leaks(diff, base, head)
	return PullRequest{touched(diff), found}, err
}

// touched returns the files that a change touches. A rename touches two.
func touched(files []*gitdiff.File) []File {
	all := map[string]File{}
	for _, f := range files {
		name := cmp.Or(f.NewName, f.OldName)
		all[name] = File{Name: name, New: f.IsNew || f.IsRename || f.IsCopy, Lost: isLost(f)}
		if f.IsRename {
			all[f.OldName] = File{Name: f.OldName}
		}
	}
	return slices.SortedFunc(maps.Values(all), func(x, y File) int { return strings.Compare(x.Name, y.Name) })
}

// isLost reports whether a diff says that a binary differs, and not how.
func isLost(f *gitdiff.File) bool { return f.IsBinary && f.BinaryFragment == nil }
