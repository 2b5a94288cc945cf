package main

import (
	"errors"
	"fmt"
	"go/ast"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
)

// wrongAnswer is a plausible mistaken version of one exercise. It is a file in
// the chapter's testdata/wrong, named 1.3-what-is-wrong.diff, with edits of the
// exercise's declaration in the reference, as git diff writes them:
//
//	Wrong: the last middleware of the list runs first.
//
//	Hint: Write down the order in which three middlewares see a request.
//
//	Fails:
//	  - TestChain/first_is_outermost
//
//	@@
//	-		for _, mw := range slices.Backward(mws) {
//	+		for _, mw := range mws {
//
// Each @@ begins an edit. Its lines with - or a space must be in the
// declaration exactly once, one after the other; those with + or a space take
// their place. A paragraph Imports, with items such as - "net/http", names what
// the reference's file does not import.
//
// Where most lines differ, it is 1.3-what-is-wrong.go instead: Go with the whole
// declaration, its imports, and the first three paragraphs as the comment above
// package. Other declarations of that file do not come along.
type wrongAnswer struct {
	id      mark.ID
	file    string // "01-middleware/testdata/wrong/1.3-what-is-wrong.diff"
	wrong   string // one sentence
	hint    string
	fails   []string // full names of the rows, sorted
	name    string   // of the declaration
	text    string   // of the declaration, "" if broken
	imports []importSpec
	changes []change // that make text of the reference, nil where it is written whole
	broken  error    // why the edits do not apply
}

// short is the name of the file without folders and extension.
func (w wrongAnswer) short() string {
	base := path.Base(w.file)
	return strings.TrimSuffix(base, path.Ext(base))
}

// wrongAnswers reads the wrong answers of a chapter.
func (ch *chapter) wrongAnswers() ([]wrongAnswer, error) {
	paths, err := filepath.Glob(filepath.Join(ch.dir, "testdata", "wrong", "[0-9]*"))
	if err != nil {
		return nil, err
	}
	reference, err := ch.reference.exercises()
	if err != nil {
		return nil, inFolder(ch, err)
	}
	var all []wrongAnswer
	for _, name := range paths {
		text, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		w, err := ch.parseWrong(filepath.Base(name), strings.ReplaceAll(string(text), "\r\n", "\n"))
		if err != nil {
			return nil, fmt.Errorf("%s/testdata/wrong/%w", ch.name, err)
		}
		if w.changes != nil {
			e, _ := find(reference, w.id)
			w.text, w.broken = apply(w.changes, e)
		}
		all = append(all, w)
	}
	return all, nil
}

// parseWrong reads one file. Errors begin with its name.
func (ch *chapter) parseWrong(base, text string) (wrongAnswer, error) {
	w := wrongAnswer{file: ch.name + "/testdata/wrong/" + base}
	number, _, _ := strings.Cut(base, "-")
	var ok bool
	if w.id, ok = mark.ParseID(number); !ok {
		return w, fmt.Errorf("%s: the name must begin with the exercise, such as 1.3-short-name.diff", base)
	}
	e, ok := find(ch.exercises, w.id)
	if !ok {
		return w, fmt.Errorf("%s: there is no exercise %s", base, w.id)
	}
	w.name = e.Name
	read, ok := map[string]func(string) error{".go": w.readGo, ".diff": w.readDiff}[filepath.Ext(base)]
	if !ok {
		return w, fmt.Errorf("%s: the name must end in .diff, or in .go", base)
	}
	if err := read(text); err != nil {
		return w, fmt.Errorf("%s: %w", base, err)
	}
	return w, nil
}

// header reads the paragraphs that come before the code.
func (w *wrongAnswer) header(text string) error {
	for paragraph := range strings.SplitSeq(text, "\n\n") {
		word, rest, _ := strings.Cut(strings.TrimSpace(paragraph), ":")
		words := strings.Join(strings.Fields(rest), " ")
		var err error
		switch word {
		case "Wrong":
			w.wrong = words
		case "Hint":
			w.hint = words
		case "Fails":
			w.fails = items(rest)
			slices.Sort(w.fails)
		case "Imports":
			w.imports, err = importsOfItems(items(rest))
		}
		if err != nil {
			return err
		}
	}
	if w.wrong == "" || w.hint == "" || len(w.fails) == 0 {
		return errors.New("it needs the paragraphs Wrong, Hint and Fails above the code")
	}
	return nil
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
