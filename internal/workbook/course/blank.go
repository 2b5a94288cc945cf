package course

import (
	"context"
	"fmt"
	"go/ast"
	"maps"
	"slices"
	"strconv"
	"strings"

	"example.com/authbook/internal/mark"
)

// Filler makes the text that fills an exercise's hole. It gets the imports that
// the exercise uses, and those that the file still has when all is filled.
type Filler func(e mark.Exercise, imports, there []ImportSpec) string

// Todo is what a learner finds in an exercise that is not written yet. It says
// which imports are there: to write one of them again would not compile.
func Todo(e mark.Exercise, imports, there []ImportSpec) string {
	var lines []string
	if e.Table {
		lines = append(lines, fmt.Sprintf("// TODO %s: write the %s.", e, partsOf(e)))
	}
	if len(imports) > 0 {
		var texts []string
		for _, s := range imports {
			text := s.String()
			if slices.Contains(there, s) {
				text += " (is there)"
			}
			texts = append(texts, text)
		}
		lines = append(lines, "// Imports it may need: "+strings.Join(texts, ", "))
	}
	if !e.Table {
		lines = append(lines, fmt.Sprintf("panic(%q)", "TODO "+e.String()))
	}
	return "{\n\t" + strings.Join(lines, "\n\t") + "\n}"
}

// partsOf is what a learner writes between the braces of a table: one may be a single
// struct.
func partsOf(e mark.Exercise) string {
	literal := e.Decl.(*ast.GenDecl).Specs[0].(*ast.ValueSpec).Values[0].(*ast.CompositeLit)
	if _, named := literal.Type.(*ast.Ident); named {
		return "fields"
	}
	return "rows"
}

// Zero is the shortest body that compiles: prove shows that no test is content
// with it.
func Zero(e mark.Exercise, _, _ []ImportSpec) string { return ZeroBody(e) }

// ZeroBody is a body that returns the zero value of each result; "" for a table.
func ZeroBody(e mark.Exercise) string {
	f, ok := e.Decl.(*ast.FuncDecl)
	if !ok {
		return ""
	}
	results := f.Type.Results
	if results == nil || len(results.List) == 0 {
		return "{\n}"
	}
	if len(results.List[0].Names) > 0 {
		return "{\n\treturn\n}"
	}
	var vars, names []string
	for i, field := range results.List {
		name := "zero" + strconv.Itoa(i)
		kind := e.Text[field.Type.Pos()-f.Pos() : field.Type.End()-f.Pos()]
		vars = append(vars, "\tvar "+name+" "+kind)
		names = append(names, name)
	}
	return "{\n" + strings.Join(vars, "\n") + "\n\treturn " + strings.Join(names, ", ") + "\n}"
}

// roots returns the names X of all selectors X.y in an exercise's hole: those
// that may be imported packages.
func roots(e mark.Exercise) []string {
	var names []string
	ast.Inspect(e.Decl, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok && e.Offset(s.Pos()) > e.HoleStart {
			if x, ok := s.X.(*ast.Ident); ok {
				names = append(names, x.Name)
			}
		}
		return true
	})
	return names
}

// Fill returns a copy of t with the holes of the chosen exercises filled anew.
func (t Tree) Fill(choose func(mark.Exercise) bool, with Filler, names PackageNames) (Tree, error) {
	all, err := t.Exercises()
	if err != nil {
		return nil, err
	}
	out := maps.Clone(t)
	for name, text := range t {
		mine := slices.DeleteFunc(slices.Clone(all), func(e mark.Exercise) bool { return e.File != name || !choose(e) })
		if len(mine) == 0 {
			continue
		}
		if out[name], err = fillFile(text, mine, with, names); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return out, nil
}

// fillFile fills the holes of a file's exercises. Only the filled file shows
// which imports it still has, so it is filled twice.
func fillFile(text string, exercises []mark.Exercise, with Filler, names PackageNames) (filled string, err error) {
	var there []ImportSpec
	for range 2 {
		var edits []Edit
		for _, e := range exercises {
			edits = append(edits, Edit{Span{e.HoleStart, e.HoleEnd}, with(e, importsFor(e, text, names), there)})
		}
		if filled, err = FixImports(Splice(text, edits), nil, names); err != nil {
			return "", err
		}
		there = ImportsOf(filled)
	}
	return filled, nil
}

// importsFor returns the file's imports that an exercise's text uses, by path.
func importsFor(e mark.Exercise, text string, names PackageNames) []ImportSpec {
	used := roots(e)
	var needed []ImportSpec
	for _, s := range ImportsOf(text) {
		if slices.Contains(used, names.Name(s)) {
			needed = append(needed, s)
		}
	}
	slices.SortFunc(needed, func(a, b ImportSpec) int { return strings.Compare(a.Path, b.Path) })
	return needed
}

// Put returns a copy of t in which the exercise in has the text of from, which
// brings its imports along.
func (t Tree) Put(in mark.Exercise, text string, from []ImportSpec, names PackageNames) (Tree, error) {
	out := maps.Clone(t)
	mended, err := FixImports(Splice(t[in.File], []Edit{{Span{in.Start, in.End()}, text}}), from, names)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", in.File, err)
	}
	out[in.File] = mended
	return out, nil
}

// Take returns a copy of t with the chosen exercises as they are in other.
// Exercises that other lacks stay.
func (t Tree) Take(other Tree, choose func(mark.Exercise) bool, names PackageNames) (Tree, error) {
	theirs, err := other.Exercises()
	if err != nil {
		return nil, err
	}
	for _, e := range theirs {
		ours, err := t.Exercises() // anew each time: positions have moved
		if err != nil {
			return nil, err
		}
		place, ok := Find(ours, e.ID)
		if !ok || !choose(place) || place.Text == e.Text {
			continue
		}
		if t, err = t.Put(place, e.Text, ImportsOf(other[e.File]), names); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// Every chooses all exercises.
func Every(mark.Exercise) bool { return true }

// Only chooses one exercise.
func Only(want mark.ID) func(mark.Exercise) bool {
	return func(e mark.Exercise) bool { return e.ID == want }
}

// Blanked is the reference with the chosen exercises blank.
func (ch *Chapter) Blanked(ctx context.Context, root string, choose func(mark.Exercise) bool) (Tree, error) {
	names, err := NamesOf(ctx, root, ch.Reference)
	if err != nil {
		return nil, err
	}
	return ch.Reference.Fill(choose, Todo, names)
}

// KeepReference saves the chapter as it is, unless that is done, and returns
// it with all its exercises blank.
func (c *Course) KeepReference(ctx context.Context, ch *Chapter, base string) (Tree, error) {
	if !ch.Started {
		for name, text := range ch.Disk {
			if err := c.Write(c.Saved(ch.Name, "reference", name), text); err != nil {
				return nil, err
			}
		}
		guards, err := c.guardsNow(ch.Name, nil)
		if err != nil {
			return nil, err
		}
		if err := c.WriteManifest(ch.Name, guards); err != nil {
			return nil, err
		}
		if err := c.WriteState(ch, State{Base: base}); err != nil {
			return nil, err
		}
	}
	return ch.Blanked(ctx, c.Root, Every)
}
