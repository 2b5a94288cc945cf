package course

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
)

// change is an edit of the reference: whole lines that it has exactly once,
// and what becomes of them. Each line ends in "\n".
type change struct{ old, new string }

// readGo reads a wrong answer that is a whole declaration.
func (w *WrongAnswer) readGo(text string) error {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	w.Imports = specs(file)
	if w.Text = declared(file, fset, text, w.name); w.Text == "" {
		return fmt.Errorf("it does not declare %s", w.name)
	}
	return w.header(file.Doc.Text())
}

// readDiff reads a wrong answer that is edits.
func (w *WrongAnswer) readDiff(text string) error {
	head, _, _ := strings.Cut("\n"+text, "\n@@")
	var err error
	if w.changes, err = readChanges(text); err != nil {
		return err
	}
	return w.header(head)
}

// readChanges reads the edits of a text. What stands before the first is left out.
func readChanges(text string) ([]change, error) {
	parts := strings.Split("\n"+text, "\n@@")
	if len(parts) == 1 {
		return nil, errors.New("it has no edit: a line @@, and lines that begin with -, + or a space")
	}
	var changes []change
	for i, part := range parts[1:] {
		_, lines, _ := strings.Cut(part, "\n") // behind @@ there may be anything
		c, err := readChange(strings.Trim(lines, "\n"))
		if err != nil {
			return nil, fmt.Errorf("edit %d: %w", i+1, err)
		}
		changes = append(changes, c)
	}
	return changes, nil
}

// readChange reads the lines of one edit. An empty line is one of both sides:
// many editors take the space away.
func readChange(text string) (change, error) {
	var c change
	for line := range strings.Lines(text) {
		line = cmp.Or(strings.TrimSuffix(line, "\n"), " ")
		sign, rest := line[0], line[1:]+"\n"
		if !strings.ContainsRune("-+ ", rune(sign)) {
			return c, fmt.Errorf("the line %q must begin with -, + or a space", line)
		}
		if sign != '+' {
			c.old += rest
		}
		if sign != '-' {
			c.new += rest
		}
	}
	if c.old == "" {
		return c, errors.New("it has no line of the reference, one that begins with - or a space")
	}
	if c.old == c.new {
		return c, errors.New("it changes nothing")
	}
	return c, nil
}

// apply carries out edits of an exercise of the reference. Each looks for its
// lines in the reference, not in what other edits made of it.
func apply(changes []change, e mark.Exercise) (string, error) {
	var edits []Edit
	for i, c := range changes {
		at, err := c.find(e)
		if err != nil {
			return "", fmt.Errorf("edit %d: %w", i+1, err)
		}
		overlaps := func(other Edit) bool { return at.Start < other.At.End && other.At.Start < at.End }
		if j := slices.IndexFunc(edits, overlaps); j >= 0 {
			return "", fmt.Errorf("edits %d and %d change the same lines", j+1, i+1)
		}
		edits = append(edits, Edit{at, c.new})
	}
	return strings.TrimSuffix(Splice(e.Text+"\n", edits), "\n"), nil
}

// find is the one place of an edit in an exercise's text and the "\n" behind it.
func (c change) find(e mark.Exercise) (Span, error) {
	text, old := "\n"+e.Text+"\n", "\n"+c.old
	first, _, _ := strings.Cut(c.old, "\n")
	at := strings.Index(text, old)
	if at < 0 {
		return Span{}, fmt.Errorf("%s has no such lines, from %q on", e.Name, first)
	}
	if at != strings.LastIndex(text, old) {
		return Span{}, fmt.Errorf("%s has these lines more than once, from %q on: add a line around them", e.Name,
			first)
	}
	return Span{at, at + len(c.old)}, nil
}

// Diff shows the mistake: what differs from the exercise in the reference. It
// is "" where the edits do not apply.
func (w WrongAnswer) Diff(e mark.Exercise) string {
	if w.Broken != nil {
		return ""
	}
	return Diff(e.Text, w.Text)
}

// Mistaken is the chapter's reference with a wrong answer in it.
func (ch *Chapter) Mistaken(ctx context.Context, root string, w WrongAnswer) (Tree, error) {
	if w.Broken != nil {
		return nil, w.Broken
	}
	e, err := ch.Reference.Exercise(w.ID)
	if err != nil {
		return nil, InFolder(ch, err)
	}
	names, err := NamesOf(ctx, root, ch.Reference)
	if err != nil {
		return nil, err
	}
	return ch.Reference.Put(e, w.Text, w.Imports, names)
}

// items are the lines of a list.
func items(list string) []string {
	var all []string
	for line := range strings.Lines(list) {
		if item := strings.TrimPrefix(strings.TrimSpace(line), "- "); item != "" {
			all = append(all, item)
		}
	}
	return all
}

// importsOfItems reads imports that are written as in Go.
func importsOfItems(items []string) ([]ImportSpec, error) {
	var all []ImportSpec
	for _, item := range items {
		found := ImportsOf("package p\nimport " + item)
		if len(found) != 1 {
			return nil, fmt.Errorf("%s is not an import, such as \"net/http\"", item)
		}
		all = append(all, found[0])
	}
	return all, nil
}

// declared returns the text of the declaration of a function, method or
// variable, without its doc comment.
func declared(file *ast.File, fset *token.FileSet, text, name string) string {
	for _, decl := range file.Decls {
		if slices.Contains(Declares(decl), name) {
			return text[fset.Position(decl.Pos()).Offset:fset.Position(decl.End()).Offset]
		}
	}
	return ""
}
