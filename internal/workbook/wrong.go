package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
)

// wrongAnswer is a plausible mistaken version of one exercise. It is a Go file
// in the chapter's testdata/wrong, named 1.3-what-is-wrong.go, so that an
// editor helps to write it:
//
//	// Wrong: the last middleware of the list runs first.
//	//
//	// Hint: Write down the order in which three middlewares see a request.
//	//
//	// Fails:
//	//   - TestChain/first_is_outermost
//	package middleware
//
//	func Chain(mws ...Middleware) Middleware { … }
//
// Its imports come along. Other declarations of the file do not.
type wrongAnswer struct {
	id      mark.ID
	file    string // "01-middleware/testdata/wrong/1.3-what-is-wrong.go"
	wrong   string // one sentence
	hint    string
	fails   []string // full names of the rows, sorted
	name    string   // of the declaration
	text    string   // of the declaration
	imports []importSpec
}

// wrongAnswers reads the wrong answers of a chapter.
func (ch *chapter) wrongAnswers() ([]wrongAnswer, error) {
	paths, err := filepath.Glob(filepath.Join(ch.dir, "testdata", "wrong", "*.go"))
	if err != nil {
		return nil, err
	}
	var all []wrongAnswer
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		w, err := ch.parseWrong(filepath.Base(path), strings.ReplaceAll(string(text), "\r\n", "\n"))
		if err != nil {
			return nil, fmt.Errorf("%s/testdata/wrong/%w", ch.name, err)
		}
		all = append(all, w)
	}
	return all, nil
}

// parseWrong reads one file. Errors begin with its name.
func (ch *chapter) parseWrong(base, text string) (wrongAnswer, error) {
	w := wrongAnswer{file: ch.name + "/testdata/wrong/" + base, imports: importsOf(text)}
	number, _, _ := strings.Cut(base, "-")
	var ok bool
	if w.id, ok = mark.ParseID(number); !ok {
		return w, fmt.Errorf("%s: the name must begin with the exercise, such as 1.3-short-name.go", base)
	}
	e, ok := find(ch.exercises, w.id)
	if !ok {
		return w, fmt.Errorf("%s: there is no exercise %s", base, w.id)
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, base, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return w, err
	}
	if w.name, w.text = e.Name, declared(file, fset, text, e.Name); w.text == "" {
		return w, fmt.Errorf("%s: it does not declare %s", base, e.Name)
	}
	w.header(file.Doc.Text())
	if w.wrong == "" || w.hint == "" || len(w.fails) == 0 {
		return w, fmt.Errorf("%s: the comment above package needs the paragraphs Wrong, Hint and Fails", base)
	}
	return w, nil
}

// header reads the comment above the package clause.
func (w *wrongAnswer) header(doc string) {
	for paragraph := range strings.SplitSeq(doc, "\n\n") {
		word, rest, _ := strings.Cut(strings.TrimSpace(paragraph), ":")
		words := strings.Join(strings.Fields(rest), " ")
		switch word {
		case "Wrong":
			w.wrong = words
		case "Hint":
			w.hint = words
		case "Fails":
			w.fails = strings.Fields(strings.ReplaceAll(rest, "- ", " "))
			slices.Sort(w.fails)
		}
	}
}

// declared returns the text of the declaration of a function, method or
// variable, without its doc comment.
func declared(file *ast.File, fset *token.FileSet, text, name string) string {
	for _, decl := range file.Decls {
		if slices.Contains(declares(decl), name) {
			return text[fset.Position(decl.Pos()).Offset:fset.Position(decl.End()).Offset]
		}
	}
	return ""
}

// docOf is the doc comment of a declaration.
func docOf(decl ast.Decl) *ast.CommentGroup {
	if f, ok := decl.(*ast.FuncDecl); ok {
		return f.Doc
	}
	return decl.(*ast.GenDecl).Doc
}

// declares returns the names that a declaration declares.
func declares(decl ast.Decl) []string {
	if f, ok := decl.(*ast.FuncDecl); ok {
		return []string{mark.NameOf(f)}
	}
	var all []string
	for _, spec := range decl.(*ast.GenDecl).Specs {
		switch spec := spec.(type) {
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				all = append(all, name.Name)
			}
		case *ast.TypeSpec:
			all = append(all, spec.Name.Name)
		}
	}
	return all
}

// recognise returns the wrong answer whose rows are exactly the failing ones.
// Rows that wait for other exercises say nothing either way. When every other
// row fails, the code is unfinished rather than wrong; and when two answers
// fit that have different hints, none is better than the wrong one.
func recognise(v verdict, answers []wrongAnswer) (wrongAnswer, bool) {
	failing, mine := candidates(v, answers)
	return agreed(slices.DeleteFunc(mine, func(w wrongAnswer) bool { return len(w.fails) < len(failing) }))
}

// recogniseOne returns one of several wrong answers whose rows together are
// exactly the failing ones, where no single answer fits. It is one that no
// other way to explain all rows could do without: some row fails through it
// alone. Of several such the one with the most rows is returned.
func recogniseOne(v verdict, answers []wrongAnswer) (wrongAnswer, bool) {
	failing, mine := candidates(v, answers)
	var needed []wrongAnswer
	var explained []string
	for _, w := range mine {
		if len(w.fails) == len(failing) {
			return wrongAnswer{}, false
		}
		var others []string
		for _, u := range mine {
			if u.hint != w.hint {
				others = append(others, u.fails...)
			}
		}
		if len(without(w.fails, others)) > 0 {
			needed = append(needed, w)
		}
		explained = append(explained, w.fails...)
	}
	if len(needed) == 0 || len(without(failing, explained)) > 0 {
		return wrongAnswer{}, false
	}
	return slices.MaxFunc(needed, func(a, b wrongAnswer) int { return len(a.fails) - len(b.fails) }), true
}

// candidates returns the failing rows that count, sorted, and the answers of
// the exercise that fail some of them and no others.
func candidates(v verdict, answers []wrongAnswer) (failing []string, mine []wrongAnswer) {
	waiting := names(slices.DeleteFunc(slices.Clone(v.failing), func(r row) bool { return !r.waits() }))
	failing = without(names(v.failing), waiting)
	if v.status != fails || len(failing) == len(v.rows)-len(waiting) {
		return nil, nil
	}
	for _, w := range answers {
		w.fails = without(w.fails, waiting)
		if w.id == v.exercise.ID && len(w.fails) > 0 && len(without(w.fails, failing)) == 0 {
			mine = append(mine, w)
		}
	}
	return failing, mine
}

// agreed returns the first of some answers that give the same hint.
func agreed(all []wrongAnswer) (wrongAnswer, bool) {
	if len(all) == 0 || slices.ContainsFunc(all, func(w wrongAnswer) bool { return w.hint != all[0].hint }) {
		return wrongAnswer{}, false
	}
	return all[0], true
}

// hintFor is what the learner reads about the mistake that the failing rows
// give away, and the answer that it comes from.
func hintFor(v verdict, answers []wrongAnswer) (hint string, from wrongAnswer, ok bool) {
	if w, ok := recognise(v, answers); ok {
		return w.hint, w, true
	}
	w, ok := recogniseOne(v, answers)
	return "More than one thing seems to be wrong. One of them: " + w.hint, w, ok
}

// without returns the sorted words that are not in others.
func without(words, others []string) []string {
	left := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return slices.Contains(others, w) })
	slices.Sort(left)
	return left
}
