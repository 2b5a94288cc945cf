package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/authbook/internal/workbook/course"
)

// diagramsOf compares the pictures of a chapter's diagrams with the notes in both
// languages; with write it draws those that are missing, and deletes those that no page has.
func diagramsOf(ctx context.Context, ch *course.Chapter, write bool) (problems []string, err error) {
	missing, idle, err := diagramsToMend(ch)
	if err != nil || write && len(missing)+len(idle) == 0 {
		return nil, err
	}
	if write {
		return nil, mendDiagrams(ctx, ch, missing, idle)
	}
	mend := fmt.Sprintf("go tool coursecheck notes --write %d", ch.Number)
	for _, source := range missing {
		first, _, _ := strings.Cut(strings.TrimSpace(source), "\n")
		problems = append(problems, fmt.Sprintf("%s: a diagram (%s) is not drawn as it is now: %s", ch.Name, first, mend))
	}
	for _, name := range idle {
		problems = append(problems, fmt.Sprintf("%s: no page has this diagram: %s", ch.Path(name), mend))
	}
	return problems, nil
}

// diagramsToMend returns the sources that nobody has drawn, and the pictures without one.
func diagramsToMend(ch *course.Chapter) (missing, idle []string, err error) {
	wanted := map[string]string{} // by the name of the picture
	for _, name := range []string{"README.md", "README.ko.md"} {
		page, err := os.ReadFile(filepath.Join(ch.Dir, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, nil, err
		}
		for _, source := range course.Diagrams(string(page)) {
			wanted[course.DiagramFile(source)] = source
		}
	}
	drawn, err := fs.Glob(os.DirFS(ch.Dir), "diagrams/*.svg")
	for _, name := range drawn {
		if _, ok := wanted[name]; !ok {
			idle = append(idle, name)
		}
		delete(wanted, name)
	}
	return slices.Sorted(maps.Values(wanted)), idle, err
}

// mendDiagrams draws some diagrams and deletes some pictures.
func mendDiagrams(ctx context.Context, ch *course.Chapter, missing, idle []string) error {
	for _, name := range idle {
		if err := os.Remove(filepath.Join(ch.Dir, name)); err != nil {
			return err
		}
	}
	if len(missing) == 0 {
		return nil
	}
	pictures, err := draw(ctx, missing)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(ch.Dir, "diagrams"), 0o755); err != nil {
		return err
	}
	for i, source := range missing {
		if err := os.WriteFile(filepath.Join(ch.Dir, course.DiagramFile(source)), []byte(pictures[i]+"\n"), 0o644); err != nil {
			return err
		}
	}
	return nil
}
