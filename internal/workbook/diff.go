package main

import (
	"cmp"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/bluekeyes/go-gitdiff/gitdiff"
)

// parseDiff reads what git diff, git show or git format-patch has written; an
// empty text changes nothing. All else is refused, and so is a file without the
// line that git begins it with: git apply would take it, by another name.
func parseDiff(text string) ([]*gitdiff.File, error) {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	files, _, err := gitdiff.Parse(strings.NewReader(text))
	switch {
	case err != nil:
		return nil, err
	case len(files) == 0 && strings.TrimSpace(text) != "":
		return nil, errors.New("it changes no file")
	case len(files) != strings.Count("\n"+text, "\ndiff --git "):
		return nil, errors.New("a file in it has no line that begins with diff --git")
	}
	return files, nil
}

// numbered is a line of a file, counted from 1.
type numbered struct {
	number int
	text   string
}

// addedLines returns the lines that a change adds, by file. A file without
// lines, such as a binary or a deleted one, is there too.
func addedLines(files []*gitdiff.File) map[string][]numbered {
	added := map[string][]numbered{}
	for _, f := range files {
		name := cmp.Or(f.NewName, f.OldName)
		added[name] = slices.Clip(added[name]) // known from now on, with lines or without
		for _, part := range f.TextFragments {
			added[name] = append(added[name], addedIn(part)...)
		}
	}
	return added
}

func addedIn(part *gitdiff.TextFragment) []numbered {
	var added []numbered
	number := int(part.NewPosition)
	for _, l := range part.Lines {
		if l.Op == gitdiff.OpAdd {
			added = append(added, numbered{number, strings.TrimRight(l.Line, "\r\n")})
		}
		if l.Op != gitdiff.OpDelete {
			number++
		}
	}
	return added
}

// outside returns the files that a change touches, but for those of a chapter.
// A rename touches two.
func outside(files []*gitdiff.File, ch *chapter) []string {
	touched := addedLines(files)
	for _, f := range files {
		if f.IsRename {
			touched[f.OldName] = nil
		}
	}
	return slices.DeleteFunc(slices.Sorted(maps.Keys(touched)), func(file string) bool {
		return strings.HasPrefix(file, ch.name+"/") || strings.HasPrefix(file, ".workbook/"+ch.name+"/")
	})
}
