package proof

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"example.com/authbook/internal/workbook/course"
)

// Two files of a chapter say where `coursecheck mutants` is not to complain:
//
//	testdata/equivalents.txt   mutants that no test could see
//	testdata/idle.txt          rows that catch nobody, and alone hold a sentence of the notes
//
// Each exception is a line that names the mutant or the row, and below it, after a
// tab, the reason. One reason may stand for several lines.

// exception is one line of these files.
type exception struct {
	name, file string
	used       bool
}

// exceptionsOf reads one of a chapter's files, which may be absent.
func exceptionsOf(ch *course.Chapter, file string) ([]*exception, error) {
	text, err := os.ReadFile(filepath.Join(ch.Dir, "testdata", file))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var all []*exception
	open := "" // a name that waits for its reason
	for line := range strings.Lines(string(text)) {
		switch {
		case strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#"):
		case strings.HasPrefix(line, "\t"):
			open = ""
		default:
			open = strings.TrimSpace(line)
			all = append(all, &exception{name: open, file: file})
		}
	}
	if open != "" {
		err = fmt.Errorf("%s/testdata/%s: %q has no reason below it", ch.Name, file, open)
	}
	return all, err
}

// unused are the problems of exceptions that nothing needs.
func (h *hunt) unused(all []*exception, why string) (problems []string) {
	for _, e := range all {
		if !e.used {
			problems = append(problems, fmt.Sprintf("%s/testdata/%s: %s: %s", h.chapter.Name, e.file, e.name, why))
		}
	}
	return problems
}
