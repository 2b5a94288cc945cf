package exercise

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"runtime/debug"
	"strings"
	"testing"
	"testing/synctest"

	"example.com/authbook/internal/mark"
)

// Rows runs f once for each row of a table, as a subtest.
//
// R is a struct with a field `name string` and, where a row leans on other
// exercises, a field `needs []string` with their ids. While the exercise id,
// or one that the row needs, is blank, the row fails with the place to edit
// and f is not called. A panic of f fails its row and no other. So does a [Secret]
// that the row's code prints. A row that fails
// tells what it needs, for one of those may be wrong itself.
func Rows[R any](t *testing.T, id string, rows []R, f func(*testing.T, R)) {
	t.Helper()
	run(t, id, rows, func(t *testing.T, row R) {
		t.Helper()
		failOnPanic(t, func() { f(t, row) })
	})
}

// SynctestRows is Rows with each row inside a bubble of testing/synctest, where
// time moves only when every goroutine waits. Rows alone could not catch a
// panic inside a bubble.
func SynctestRows[R any](t *testing.T, id string, rows []R, f func(*testing.T, R)) {
	t.Helper()
	run(t, id, rows, func(t *testing.T, row R) {
		t.Helper()
		synctest.Test(t, func(t *testing.T) {
			t.Helper()
			failOnPanic(t, func() { f(t, row) })
		})
	})
}

// needsAttribute names the test attribute of a failed test that lists the
// exercises it needs: one of them, written but wrong, may be why it failed.
const needsAttribute = "needs"

// Needs fails the test while one of the exercises is blank. Tests that are not
// tables, benchmarks and fuzz targets call it before they call the code.
func Needs(tb testing.TB, ids ...string) {
	tb.Helper()
	if len(ids) > 0 {
		tb.Cleanup(func() {
			if tb.Failed() {
				tb.Attr(needsAttribute, strings.Join(ids, " "))
			}
		})
	}
	refuseBlank(tb, ids...)
}

func refuseBlank(tb testing.TB, ids ...string) {
	tb.Helper()
	for _, id := range ids {
		e, err := lookUp(id)
		if err != nil {
			tb.Fatal(err)
		}
		if e.Blank {
			results.failed(id)
			tb.Fatal(todo(e))
		}
	}
}

func run[R any](t *testing.T, id string, rows []R, f func(*testing.T, R)) {
	t.Helper()
	e, err := lookUp(id)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) == 0 {
		refuseEmpty(t, e)
	}
	seen := map[string]bool{}
	for _, row := range rows {
		name, needs := describe(t, row)
		if seen[name] {
			t.Errorf("exercise %s: two rows are named %q", id, name)
		}
		seen[name] = true
		t.Run(name, func(t *testing.T) {
			t.Helper() // a failure names the line of the chapter's test
			t.Cleanup(func() { results.note(t, id) })
			refuseBlank(t, id)
			Needs(t, needs...)
			overhear(t)
			f(t, row)
		})
	}
}

// refuseEmpty fails the test of a table that has no row.
func refuseEmpty(t *testing.T, e mark.Exercise) {
	t.Helper()
	results.failed(e.ID.String())
	if e.Blank {
		t.Fatal(todo(e))
	}
	t.Fatalf("exercise %s: the table is empty, so it can't fail", e.ID)
}

// describe reads the two fields that Rows knows of a row.
func describe(t *testing.T, row any) (name string, needs []string) {
	t.Helper()
	v := reflect.ValueOf(row)
	if v.Kind() != reflect.Struct || v.FieldByName("name").Kind() != reflect.String {
		t.Fatalf("a row must be a struct with a field `name string`, not %T", row)
	}
	if name = v.FieldByName("name").String(); name == "" {
		t.Fatal("a row has no name; say what it is for")
	}
	if field := v.FieldByName("needs"); field.IsValid() {
		for i := range field.Len() {
			needs = append(needs, field.Index(i).String())
		}
	}
	return name, needs
}

func lookUp(id string) (mark.Exercise, error) {
	all, err := exercises()
	if err != nil {
		return mark.Exercise{}, fmt.Errorf("exercise %s: %w", id, err)
	}
	e, ok := all[id]
	if !ok {
		return e, fmt.Errorf("exercise %s: no declaration here has the comment %s %s above it", id, mark.Comment, id)
	}
	return e, nil
}

// failOnPanic turns a panic of f into a failure. It reports from outside of the
// panic, so that the failure names the line of the chapter's test.
func failOnPanic(t *testing.T, f func()) {
	t.Helper()
	if message := PanicOf(f); message != "" {
		t.Error(message)
	}
}

// PanicOf is the panic of f, with the part of its stack that lies in the
// package under test; "" if f returns.
func PanicOf(f func()) (message string) {
	defer func() {
		if v := recover(); v != nil {
			message = fmt.Sprintf("panic: %v\n%s", v, ownFrames(string(debug.Stack())))
		}
	}()
	f()
	return ""
}

// ownFrames keeps the places of a stack that lie in the package under test: the
// standard library's and this package's are not what the learner mends. Arguments
// and addresses would only hide the lines.
func ownFrames(stack string) string {
	dir, err := os.Getwd()
	if err != nil {
		return stack
	}
	var kept []string
	for line := range strings.Lines(stack) {
		if place, ok := strings.CutPrefix(line, "\t"+filepath.ToSlash(dir)+"/"); ok {
			place, _, _ = strings.Cut(strings.TrimSpace(place), " +0x")
			kept = append(kept, "at "+filepath.Base(dir)+"/"+place)
		}
	}
	return strings.Join(kept, "\n")
}
