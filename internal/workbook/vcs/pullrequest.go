package vcs

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/term"
	"github.com/bluekeyes/go-gitdiff/gitdiff"
)

// PullRequest is what a pull request brings besides the chapter.
type PullRequest struct {
	Outside []string // files outside the chapter
	Leaks   []Leak
}

// PullOfPatch reads what a patch brings. The error says how to make the patch anew.
func PullOfPatch(name string, ch *course.Chapter) (PullRequest, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return PullRequest{}, err
	}
	files, err := parseDiff(string(text))
	if err != nil {
		return PullRequest{}, term.Refuse("the patch "+filepath.Base(name)+" can't be read: "+err.Error(),
			"make it anew: git diff "+StartBranch(ch)+"..."+ChapterBranch(ch)+" > pr.patch")
	}
	return PullRequest{outside(files, ch), leaks(files)}, nil
}

// Pull reads what a branch brings into another.
func (g *Git) Pull(ch *course.Chapter, base, head string) (PullRequest, error) {
	diff, err := g.diff(base, head)
	if err != nil {
		return PullRequest{}, err
	}
	found, err := g.leaks(diff, base, head)
	return PullRequest{outside(diff, ch), found}, err
}

// outside returns the files that a change touches, but for those of a chapter.
// A rename touches two.
func outside(files []*gitdiff.File, ch *course.Chapter) []string {
	touched := addedLines(files)
	for _, f := range files {
		if f.IsRename {
			touched[f.OldName] = nil
		}
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(touched)), func(file string) bool {
		return strings.HasPrefix(file, ch.Name+"/") || strings.HasPrefix(file, ".workbook/"+ch.Name+"/")
	})
}
