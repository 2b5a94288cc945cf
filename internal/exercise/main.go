package exercise

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/text"
)

// Main runs a chapter's tests. While exercises are blank it leaves out the
// Examples, which would call them, and its last line is the way on. A chapter
// calls it so:
//
//	func TestMain(m *testing.M) { exercise.Main(m) }
func Main(m *testing.M) {
	all, err := exercises()
	if err != nil {
		fmt.Fprintln(os.Stderr, text.Current().Explained(err.Error()))
		os.Exit(1)
	}
	flag.Parse()
	if anyBlank(all) {
		skipExamples()
	}
	done := speak()
	code := m.Run()
	if e, ok := next(all); ok {
		fmt.Printf("→ next: %s, %s:%d — go tool workbook hint %s\n", e, e.File, e.Line, e.ID)
	}
	done()
	os.Exit(code)
}

func anyBlank(all map[string]mark.Exercise) bool {
	for _, e := range all {
		if e.Blank {
			return true
		}
	}
	return false
}

// skipExamples adds the Examples to what -skip leaves out.
func skipExamples() {
	skip := flag.Lookup("test.skip")
	pattern := "^Example"
	if given := skip.Value.String(); given != "" {
		pattern = given + "|" + pattern
	}
	if err := skip.Value.Set(pattern); err != nil {
		panic(err) // a string flag takes any string
	}
}

// results remembers which exercises had a failing row.
var results = &tally{ids: map[string]bool{}}

type tally struct {
	mu  sync.Mutex
	ids map[string]bool
}

func (f *tally) failed(id string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.ids[id] = true
}

// note remembers the exercise of a test that failed.
func (f *tally) note(t *testing.T, id string) {
	if t.Failed() {
		f.failed(id)
	}
}

// next is the first exercise, in the order of the course, whose rows failed in
// this run.
func next(all map[string]mark.Exercise) (mark.Exercise, bool) {
	results.mu.Lock()
	defer results.mu.Unlock()
	var failing []mark.Exercise
	for id := range results.ids {
		failing = append(failing, all[id])
	}
	if len(failing) == 0 {
		return mark.Exercise{}, false
	}
	return slices.MinFunc(failing, func(a, b mark.Exercise) int { return a.ID.Compare(b.ID) }), true
}
