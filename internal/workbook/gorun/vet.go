package gorun

import (
	"context"
	"errors"
	"go/format"
	"maps"
	"os/exec"
	"slices"
	"strings"

	"example.com/authbook/internal/workbook/course"
)

// Vet returns what go vet says, which includes why code does not compile.
func Vet(ctx context.Context, c *course.Course, ch *course.Chapter) []string {
	cmd := exec.CommandContext(ctx, "go", "vet", "./"+ch.Name+"/...")
	cmd.Dir = c.Root
	out, err := cmd.CombinedOutput()
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*exec.ExitError](err); !ok {
		return []string{err.Error()}
	}
	var lines []string
	for line := range strings.Lines(string(out)) {
		if !strings.HasPrefix(line, "#") {
			line = "go vet: " + strings.TrimPrefix(strings.TrimSpace(line), "vet: ")
			lines = append(lines, strings.TrimSpace(ch.Meaning(line)+" "+line))
		}
	}
	return lines
}

// Unformatted returns the files that gofmt would change.
func Unformatted(ch *course.Chapter) []string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(ch.Disk)) {
		if neat, err := format.Source([]byte(ch.Disk[name])); err == nil && string(neat) != ch.Disk[name] {
			all = append(all, ch.T("%s/%s is not formatted: gofmt -w %s", ch.Name, name, ch.Name))
		}
	}
	return all
}
