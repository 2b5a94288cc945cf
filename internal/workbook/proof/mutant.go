package proof

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
)

// mutant is one changed declaration of the reference.
type mutant struct {
	name   string // "domain.go Origin: if n > 253 { → if n >= 253 {", no two are the same
	place  mark.Exercise
	line   int
	before string // the line that is changed, or its first
	after  string // what it becomes, or nothing
	border bool
	text   string // of the declaration
	limit  string // the constant that is changed, or ""
	code   string // what takes the place of a part
}

// at is where a mutant is, for people who click.
func (m mutant) at(ch *course.Chapter) string {
	return fmt.Sprintf("%s:%d: %s", ch.Path(m.place.File), m.line, m.change())
}

func (m mutant) change() string { return m.before + " → " + m.after }

// given reports whether the learner reads this code and does not write it.
func (m mutant) given() bool { return m.place.ID == mark.ID{} }

// mutants are those of all exercises, and of the given code the borders: there a
// test can be asked for what the notes promise, and not for each line.
func (h *hunt) mutants() ([]mutant, error) {
	given, err := h.given()
	if err != nil {
		return nil, err
	}
	return h.mutantsOf(slices.Concat(h.exercises, given)), nil
}

// mutantsOf are those of some declarations, in the order of the files.
func (h *hunt) mutantsOf(places []mark.Exercise) (all []mutant) {
	for _, e := range places {
		for _, c := range changesIn(e) {
			if c.border || e.ID != (mark.ID{}) {
				all = append(all, newMutant(h.chapter.Reference[e.File], e, c))
			}
		}
	}
	slices.SortStableFunc(all, func(a, b mutant) int {
		return strings.Compare(fmt.Sprintf("%s:%6d", a.place.File, a.line), fmt.Sprintf("%s:%6d", b.place.File, b.line))
	})
	seen := map[string]int{}
	for i, m := range all { // one function may hold the same line twice
		seen[m.name]++
		if n := seen[m.name]; n > 1 {
			all[i].name = fmt.Sprintf("%s #%d", m.name, n)
		}
	}
	return all
}

func changesIn(e mark.Exercise) []change {
	if g, ok := e.Decl.(*ast.GenDecl); ok && g.Tok == token.CONST {
		return changesOfLimits(e)
	}
	return changesOf(e)
}

func newMutant(file string, e mark.Exercise, c change) mutant {
	shown := c.code
	if c.shown != "" {
		shown = c.shown
	}
	at := course.Span{Start: e.Start + c.at.Start, End: e.Start + c.at.End}
	start := strings.LastIndexByte(file[:at.Start], '\n') + 1
	end := at.End + strings.IndexByte(file[at.End:]+"\n", '\n')
	before, after := oneLine(file[start:end]), nothing
	if shown != nothing {
		after = oneLine(file[start:at.Start] + shown + file[at.End:end])
	}
	m := mutant{place: e, line: 1 + strings.Count(file[:at.Start], "\n"), border: c.border, limit: c.limit, code: c.code,
		before: before, after: after, text: e.Text[:c.at.Start] + c.code + e.Text[c.at.End:]}
	m.name = fmt.Sprintf("%s %s: %s", e.File, e.Name, m.change())
	return m
}

// oneLine is the first of some lines, and a sign that there are more.
func oneLine(text string) string {
	first, rest, _ := strings.Cut(strings.TrimSpace(text), "\n")
	if first = strings.Join(strings.Fields(first), " "); rest != "" {
		first += " …"
	}
	return first
}

// given are the functions and constants that are no exercises.
func (h *hunt) given() ([]mark.Exercise, error) {
	var all []mark.Exercise
	for _, name := range slices.Sorted(maps.Keys(h.chapter.Reference)) {
		here, err := build.Default.MatchFile(h.chapter.Dir, name)
		if err != nil || !here || strings.HasSuffix(name, "_test.go") {
			continue // a file of another system, or one that is not on disk now
		}
		found, err := declarationsOf(name, h.chapter.Reference[name])
		if err != nil {
			return nil, fmt.Errorf("%s: %w", filepath.Join(h.chapter.Name, name), err)
		}
		all = append(all, slices.DeleteFunc(found, func(d mark.Exercise) bool {
			return slices.ContainsFunc(h.exercises, func(e mark.Exercise) bool {
				return e.File == d.File && e.Start == d.Start
			})
		})...)
	}
	return all, nil
}

// declarationsOf reads the functions and constants of a file as if each were an
// exercise.
func declarationsOf(name, text string) ([]mark.Exercise, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var all []mark.Exercise
	for _, decl := range file.Decls {
		at := fset.Position(decl.Pos())
		d := mark.Exercise{File: name, Line: at.Line, Start: at.Offset, Decl: decl,
			Text: text[at.Offset:fset.Position(decl.End()).Offset]}
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			d.Name = mark.NameOf(decl)
			if decl.Body == nil || d.Name == "init" {
				continue
			}
		case *ast.GenDecl:
			if decl.Tok != token.CONST {
				continue
			}
			d.Name = "const"
		}
		all = append(all, d)
	}
	return all, nil
}
