package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// todo matches the body of an exercise that is not written yet: its chapter,
// its number there, and its name.
var todo = regexp.MustCompile(`(?m)^\s*panic\("TODO (\d+)\.(\d+) ([^"]+)"\)`)

// unfinished is an exercise that is not written yet, 1.10 RequireRole.
type unfinished struct {
	chapter, number int
	name            string
}

func (u unfinished) String() string { return fmt.Sprintf("%d.%d %s", u.chapter, u.number, u.name) }

// chapterFolder is a folder such as 01-middleware, for [filepath.Glob].
const chapterFolder = "[0-9][0-9]-?*"

// checkFinished refuses to start a server whose chapters have blank exercises:
// a request would run into them. It looks at the workbook's sources in the
// working directory or the one above it. A binary on a server has none beside
// it, and there is nothing to say.
func checkFinished() error {
	root, ok := workbookRoot()
	if !ok {
		return nil
	}
	blanks, err := unfinishedIn(root)
	if err != nil || len(blanks) == 0 {
		return err
	}
	var names []string
	for _, u := range blanks {
		names = append(names, u.String())
	}
	return fmt.Errorf("unfinished exercises: %s — finish them, or use `go tool workbook run`, which fills them in",
		strings.Join(names, ", "))
}

// unfinishedIn lists the blank exercises that a server would run through, in
// the order of the course.
func unfinishedIn(root string) ([]unfinished, error) {
	paths, err := filepath.Glob(filepath.Join(root, chapterFolder, "*.go"))
	if err != nil {
		return nil, err
	}
	var blanks []unfinished
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue // the server does not run through it
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		for _, match := range todo.FindAllStringSubmatch(string(text), -1) {
			chapter, _ := strconv.Atoi(match[1]) // digits
			number, _ := strconv.Atoi(match[2])
			blanks = append(blanks, unfinished{chapter, number, match[3]})
		}
	}
	slices.SortFunc(blanks, func(a, b unfinished) int {
		return cmp.Or(cmp.Compare(a.chapter, b.chapter), cmp.Compare(a.number, b.number))
	})
	return blanks, nil
}

// workbookRoot is the nearest folder, here or one up, that holds the workbook.
func workbookRoot() (string, bool) {
	for _, dir := range []string{".", ".."} {
		if chapters, _ := filepath.Glob(filepath.Join(dir, chapterFolder, "doc.go")); chapters == nil {
			continue
		}
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, true
		}
	}
	return "", false
}
