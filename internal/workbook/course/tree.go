package course

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
)

// Tree is one version of a chapter's Go files: name to text, with LF ends.
type Tree map[string]string

// Exercises returns the marked declarations of all files, in the order of the
// course. The error is the first syntax error or misplaced mark.
func (t Tree) Exercises() ([]mark.Exercise, error) { return mark.Read(t) }

// Exercise returns the exercise with an id, as it is in t.
func (t Tree) Exercise(id mark.ID) (mark.Exercise, error) {
	all, err := t.Exercises()
	if err != nil {
		return mark.Exercise{}, err
	}
	if e, ok := Find(all, id); ok {
		return e, nil
	}
	return mark.Exercise{}, text.Errorf("exercise %s is gone", id)
}

// Find returns the exercise with an id.
func Find(all []mark.Exercise, want mark.ID) (mark.Exercise, bool) {
	i := slices.IndexFunc(all, func(e mark.Exercise) bool { return e.ID == want })
	if i < 0 {
		return mark.Exercise{}, false
	}
	return all[i], true
}

// changed returns the names of the files that differ from those in other.
func (t Tree) changed(other Tree) []string {
	var all []string
	for name, text := range t {
		if old, ok := other[name]; !ok || old != text {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

// ReadTree reads the Go files of a folder. Ends of lines become LF, so that a
// checkout with CRLF is no other text; see save.go for the way back.
func ReadTree(dir string) (Tree, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	t := Tree{}
	for _, e := range entries {
		if !e.Type().IsRegular() || !IsGoFile(e.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, err
		}
		t[e.Name()] = strings.ReplaceAll(string(text), "\r\n", "\n")
	}
	return t, nil
}

// IsGoFile leaves out what the go command leaves out.
func IsGoFile(name string) bool {
	return filepath.Ext(name) == ".go" && !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, "_")
}

// Union has the names of the files that are in one of two trees.
func Union(a, b Tree) map[string]bool {
	all := map[string]bool{}
	for name := range a {
		all[name] = true
	}
	for name := range b {
		all[name] = true
	}
	return all
}
