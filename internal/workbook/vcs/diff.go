package vcs

import (
	"cmp"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
	"github.com/bluekeyes/go-gitdiff/gitdiff"
)

// parseDiff reads what git diff, git show or git format-patch has written; an
// empty text changes nothing. All else is refused, and so is a file without the
// line that git begins it with: git apply would take it, by another name.
func parseDiff(diff string) ([]*gitdiff.File, error) {
	diff = strings.ReplaceAll(diff, "\r\n", "\n")
	files, _, err := gitdiff.Parse(strings.NewReader(diff))
	switch {
	case err != nil:
		return nil, err
	case len(files) == 0 && strings.TrimSpace(diff) != "":
		return nil, text.Errorf("it changes no file")
	case len(files) != strings.Count("\n"+diff, "\ndiff --git "):
		return nil, text.Errorf("a file in it has no line that begins with diff --git")
	}
	return files, nil
}

// addedLines returns the lines that a change adds, by file. A file without
// lines, such as a binary or a deleted one, is there too.
func addedLines(files []*gitdiff.File) map[string][]course.Numbered {
	added := map[string][]course.Numbered{}
	for _, f := range files {
		name := cmp.Or(f.NewName, f.OldName)
		added[name] = slices.Clip(added[name]) // known from now on, with lines or without
		for _, part := range f.TextFragments {
			added[name] = append(added[name], addedIn(part)...)
		}
	}
	return added
}

func addedIn(part *gitdiff.TextFragment) []course.Numbered {
	var added []course.Numbered
	number := int(part.NewPosition)
	for _, l := range part.Lines {
		if l.Op == gitdiff.OpAdd {
			added = append(added, course.Numbered{Number: number, Text: strings.TrimRight(l.Line, "\r\n")})
		}
		if l.Op != gitdiff.OpDelete {
			number++
		}
	}
	return added
}
