package exercise

import (
	"cmp"
	"flag"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// Main runs a chapter's tests. While exercises are blank it leaves out the
// Examples, which would call them, and its last line is the way on. A chapter
// calls it so:
//
//	func TestMain(m *testing.M) { exercise.Main(m) }
func Main(m *testing.M) {
	all, err := exercises()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	flag.Parse()
	if anyBlank(all) {
		skipExamples()
	}
	code := m.Run()
	if d, ok := next(all); ok {
		fmt.Printf("→ next: %s %s, %s:%d — go tool workbook hint %s\n", d.id, d.name, d.file, d.line, d.id)
	}
	os.Exit(code)
}

func anyBlank(all map[string]declaration) bool {
	for _, d := range all {
		if d.isBlank {
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

// next is the first exercise, in the order of the course, whose rows failed in
// this run.
func next(all map[string]declaration) (declaration, bool) {
	results.mu.Lock()
	defer results.mu.Unlock()
	var failing []declaration
	for id := range results.ids {
		failing = append(failing, all[id])
	}
	if len(failing) == 0 {
		return declaration{}, false
	}
	return slices.MinFunc(failing, func(a, b declaration) int { return compareIDs(a.id, b.id) }), true
}

// compareIDs orders 1.9 before 1.10.
func compareIDs(a, b string) int {
	return slices.CompareFunc(strings.Split(a, "."), strings.Split(b, "."), func(a, b string) int {
		m, errA := strconv.Atoi(a)
		n, errB := strconv.Atoi(b)
		if errA != nil || errB != nil {
			return cmp.Compare(a, b)
		}
		return cmp.Compare(m, n)
	})
}
