package course

import (
	"errors"
	"fmt"
	"maps"
	"strings"

	"example.com/authbook/internal/mark"
)

// Patched returns the tree with edits of whole files. They are written as in a
// [WrongAnswer], below a line with the name of their file:
//
//	--- compact.go
//	@@
//	-	return nil
//	+	return err
func (t Tree) Patched(text string) (Tree, error) {
	out := maps.Clone(t)
	files := strings.Split("\n"+text, "\n--- ")[1:]
	if len(files) == 0 {
		return nil, errors.New("it names no file: a line such as --- compact.go")
	}
	for _, file := range files {
		name, edits, _ := strings.Cut(file, "\n")
		patched, err := patch(name, t[name], edits)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		out[name] = patched
	}
	return out, nil
}

// patch carries out the edits of one file.
func patch(name, text, edits string) (string, error) {
	changes, err := readChanges(edits)
	if err != nil {
		return "", err
	}
	return apply(changes, mark.Exercise{Name: name, Text: text})
}
