package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"example.com/authbook/internal/analyzers"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/checker"
	"golang.org/x/tools/go/packages"
)

// finding is what one of the workbook's analyzers reports about a chapter.
type finding struct {
	file     string // from the root, with /
	line     int
	analyzer string
	message  string
}

func (f finding) String() string {
	return fmt.Sprintf("%s:%d: %s (%s)", f.file, f.line, f.message, f.analyzer)
}

// findings runs the analyzers over a chapter and its tests. Code that does not
// compile has none: the compiler speaks first.
func (a *app) findings(ctx context.Context, ch *chapter) ([]finding, error) {
	return a.analyze(ctx, ch, nil)
}

// analyze is findings with some files replaced: absolute path to text.
func (a *app) analyze(ctx context.Context, ch *chapter, replaced map[string][]byte) ([]finding, error) {
	config := &packages.Config{Context: ctx, Dir: a.root, Mode: packages.LoadSyntax | packages.NeedModule, Tests: true, Overlay: replaced}
	loaded, err := packages.Load(config, "./"+ch.name+"/...")
	if err != nil {
		return nil, err
	}
	graph, err := checker.Analyze(analyzers.All(), loaded, nil)
	if err != nil {
		return nil, err
	}
	var all []finding
	for _, action := range graph.Roots {
		for _, d := range action.Diagnostics {
			all = append(all, a.finding(action, d))
		}
	}
	slices.SortFunc(all, func(x, y finding) int { return cmp.Or(cmp.Compare(x.file, y.file), cmp.Compare(x.line, y.line)) })
	return slices.Compact(all), nil // a package comes with and without its tests
}

func (a *app) finding(action *checker.Action, d analysis.Diagnostic) finding {
	place := action.Package.Fset.Position(d.Pos)
	return finding{a.relative(place.Filename), place.Line, action.Analyzer.Name, d.Message}
}

// changed is what a learner has made of a chapter, beside its exercises.
type changed struct {
	tests []string // files of tests that are not as they were
	given []string // other files of the workbook that are not as they were
	added []string // Go files that the workbook does not have
	saved []string // files of .workbook, which exercises and tests are compared with
}

// changes compares a chapter with its reference outside the exercises.
func (ch *chapter) changes() (changed, error) {
	var c changed
	var err error
	if c.tests, err = ch.tampered(); err != nil {
		return c, err
	}
	for name, text := range ch.reference {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		want, err := skeleton(name, text)
		if err != nil {
			return c, err
		}
		if got, err := skeleton(name, ch.disk[name]); err != nil || got != want {
			c.given = append(c.given, name)
		}
	}
	for name := range ch.disk {
		if _, ok := ch.reference[name]; !ok {
			c.added = append(c.added, name)
		}
	}
	slices.Sort(c.given)
	slices.Sort(c.added)
	return c, nil
}

// fate is what has become of a test file that is not as it was.
func (ch *chapter) fate(name string) string {
	if ch.disk[name] == "" {
		return "is gone"
	}
	return "was changed outside the exercises"
}

// fates are those of several files, each in a sentence.
func (ch *chapter) fates(names []string) []string {
	var out []string
	for _, name := range names {
		out = append(out, ch.path(name)+" "+ch.fate(name))
	}
	return out
}

// path is a file of the chapter, from the root.
func (ch *chapter) path(name string) string { return filepath.ToSlash(filepath.Join(ch.name, name)) }
