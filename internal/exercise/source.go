package exercise

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"sync"

	"example.com/authbook/internal/mark"
)

// overlayVariable names the environment variable that holds the path of the
// -overlay file of this very run. Without it the sources on disk would be
// taken for those that were compiled.
const overlayVariable = "WORKBOOK_OVERLAY"

// todo is the one way a blank is told to the learner.
func todo(e mark.Exercise) string { return fmt.Sprintf("TODO %s — %s:%d", e, e.File, e.Line) }

// exercises returns the marked declarations of the package under test by id.
// The sources do not change during a run, so it reads them once.
var exercises = sync.OnceValues(func() (map[string]mark.Exercise, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	overlay, err := readOverlay(os.Getenv(overlayVariable))
	if err != nil {
		return nil, err
	}
	return scan(dir, overlay)
})

// readOverlay reads the replacements of a `go build -overlay` file.
func readOverlay(path string) (map[string]string, error) {
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var overlay struct{ Replace map[string]string }
	if err := json.Unmarshal(text, &overlay); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return overlay.Replace, nil
}

// scan finds the marked declarations in the Go files of dir, by id. The text of
// a file is what the overlay compiled; the learner is sent to the file itself.
func scan(dir string, overlay map[string]string) (map[string]mark.Exercise, error) {
	paths, err := compiled(dir, overlay)
	if err != nil {
		return nil, err
	}
	files := map[string]string{}
	for path, from := range paths {
		text, err := os.ReadFile(from)
		if err != nil {
			return nil, err
		}
		files[filepath.Base(dir)+"/"+filepath.Base(path)] = string(text)
	}
	all, err := mark.Read(files)
	found := map[string]mark.Exercise{}
	for _, e := range all {
		found[e.ID.String()] = e
	}
	return found, err
}

// compiled are the Go files of dir, each with the path that its text comes from.
func compiled(dir string, overlay map[string]string) (map[string]string, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	paths := map[string]string{}
	for _, path := range names {
		paths[path] = path
	}
	for path, from := range overlay { // it may add files, and delete some
		if filepath.Dir(path) == dir && filepath.Ext(path) == ".go" {
			paths[path] = from
		}
	}
	maps.DeleteFunc(paths, func(_, from string) bool { return from == "" })
	return paths, nil
}
