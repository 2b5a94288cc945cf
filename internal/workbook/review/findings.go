package review

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"example.com/authbook/internal/analyzers"
	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/course"
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

// String is a finding as an editor reads it.
func (f finding) String() string {
	return fmt.Sprintf("%s:%d: %s (%s)", f.file, f.line, f.message, f.analyzer)
}

// findings runs the analyzers over a chapter and its tests. Code that does not
// compile has none: the compiler speaks first.
func findings(ctx context.Context, c *course.Course, ch *course.Chapter) ([]finding, error) {
	return analyze(ctx, c, ch, nil)
}

// analyze is findings with some files replaced: absolute path to text.
func analyze(ctx context.Context, c *course.Course, ch *course.Chapter, replaced map[string][]byte) ([]finding, error) {
	config := &packages.Config{Context: ctx, Dir: c.Root, Mode: packages.LoadSyntax | packages.NeedModule, Tests: true,
		Overlay: replaced}
	loaded, err := packages.Load(config, "./"+ch.Name+"/...")
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
			all = append(all, findingOf(c, action, d))
		}
	}
	slices.SortFunc(all,
		func(x, y finding) int { return cmp.Or(cmp.Compare(x.file, y.file), cmp.Compare(x.line, y.line)) })
	return slices.Compact(all), nil // a package comes with and without its tests
}

func findingOf(c *course.Course, action *checker.Action, d analysis.Diagnostic) finding {
	place := action.Package.Fset.Position(d.Pos)
	return finding{c.Relative(place.Filename), place.Line, action.Analyzer.Name, text.Current().Said(d.Message)}
}
