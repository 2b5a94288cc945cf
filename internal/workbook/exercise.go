package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// mark is the comment that makes the declaration below it an exercise:
//
//	//workbook:exercise 1.3
//	//workbook:exercise 2.6 TestVerify/library
const mark = "//workbook:exercise"

// exercise is one marked declaration in one version of a chapter.
type exercise struct {
	id      id
	name    string // "Chain" or "Issuer.Issue"
	table   bool   // a table variable, else a function or method
	tests   pattern
	file    string // name in the chapter's folder
	line    int    // of the declaration, below its doc comment
	blank   bool
	text    string // the declaration without its doc comment
	start   int    // its place in the file, in bytes
	hole    span   // what a blank replaces: the body's or the table's braces
	zero    string // the body that returns zero values; "" for a table
	imports []string
}

// span is a range of bytes in a file.
type span struct{ start, end int }

func (e exercise) end() int { return e.start + len(e.text) }

// String is how an exercise is named to people.
func (e exercise) String() string { return e.id.String() + " " + e.name }

// tree is one version of a chapter's Go files: name to text, with LF ends.
type tree map[string]string

// exercises returns the marked declarations of all files, in the order of the
// course. The error is the first syntax error or misplaced mark.
func (t tree) exercises() ([]exercise, error) {
	var all []exercise
	for _, name := range slices.Sorted(maps.Keys(t)) {
		found, err := exercisesIn(name, t[name])
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortFunc(all, func(a, b exercise) int { return compareIDs(a.id, b.id) })
	for i := 1; i < len(all); i++ {
		if all[i].id == all[i-1].id {
			return nil, fmt.Errorf("%s is marked twice: in %s and in %s", all[i].id, all[i-1].file, all[i].file)
		}
	}
	return all, nil
}

// find returns the exercise with an id.
func find(all []exercise, want id) (exercise, bool) {
	i := slices.IndexFunc(all, func(e exercise) bool { return e.id == want })
	if i < 0 {
		return exercise{}, false
	}
	return all[i], true
}

// exercisesIn returns the marked declarations of one file.
func exercisesIn(name, text string) ([]exercise, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	r := reader{fset: fset, text: text}
	var found []exercise
	for _, decl := range file.Decls {
		e, ok, err := r.read(decl)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", fset.Position(decl.Pos()), err)
		}
		if ok {
			e.file = name
			found = append(found, e)
		}
	}
	return found, misplaced(fset, file, len(found))
}

// misplaced is the error of a mark that stands above nothing: a silent one
// would be an exercise that nobody ever gets.
func misplaced(fset *token.FileSet, file *ast.File, read int) error {
	var marks []token.Pos
	for _, group := range file.Comments {
		for _, c := range group.List {
			if c.Text == mark || strings.HasPrefix(c.Text, mark+" ") {
				marks = append(marks, c.Pos())
			}
		}
	}
	if len(marks) == read {
		return nil
	}
	return fmt.Errorf("%s: each mark %s must be in the doc comment of one function, or of one variable in a declaration of its own (%d marks, %d declarations)",
		fset.Position(marks[0]), mark, len(marks), read)
}

// reader turns declarations of one file into exercises.
type reader struct {
	fset *token.FileSet
	text string
}

func (r reader) read(decl ast.Decl) (exercise, bool, error) {
	var doc *ast.CommentGroup
	var e exercise
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		doc = decl.Doc
		e = r.function(decl)
	case *ast.GenDecl:
		if decl.Tok != token.VAR || len(decl.Specs) != 1 {
			return e, false, nil
		}
		doc = decl.Doc
		e = r.table(decl.Specs[0].(*ast.ValueSpec))
	}
	words, ok := marked(doc)
	if !ok {
		return e, false, nil
	}
	if e.hole == (span{}) {
		return e, false, fmt.Errorf("an exercise must be a function with a body, or a table that is written as a composite literal")
	}
	e.line = r.fset.Position(decl.Pos()).Line
	e.start = r.offset(decl.Pos())
	e.text = r.text[e.start:r.offset(decl.End())]
	err := e.setMark(words)
	return e, true, err
}

// marked returns the words behind the mark of a doc comment.
func marked(doc *ast.CommentGroup) ([]string, bool) {
	if doc == nil {
		return nil, false
	}
	for _, c := range doc.List {
		if rest, ok := strings.CutPrefix(c.Text, mark); ok {
			return strings.Fields(rest), true
		}
	}
	return nil, false
}

// setMark fills in what the mark says.
func (e *exercise) setMark(words []string) error {
	if len(words) == 0 {
		return fmt.Errorf("%s lacks the number of the exercise", mark)
	}
	var ok bool
	if e.id, ok = parseID(words[0]); !ok {
		return fmt.Errorf("%s %s: the number of an exercise looks like 1.3", mark, words[0])
	}
	text := patternOf(e.name)
	if len(words) > 1 {
		text = strings.Join(words[1:], " ")
	}
	var err error
	e.tests, err = parsePattern(text)
	return err
}

// function fills in what is special to a function.
func (r reader) function(f *ast.FuncDecl) exercise {
	e := exercise{name: funcName(f)}
	if f.Body == nil {
		return e
	}
	e.hole = r.span(f.Body)
	e.blank = isTodo(f.Body)
	e.zero = r.zeroBody(f.Type.Results)
	e.imports = roots(f.Body)
	return e
}

// table fills in what is special to a table variable.
func (r reader) table(spec *ast.ValueSpec) exercise {
	e := exercise{name: spec.Names[0].Name, table: true}
	if len(spec.Values) != 1 || len(spec.Names) != 1 {
		return e
	}
	literal, ok := spec.Values[0].(*ast.CompositeLit)
	if !ok {
		return e
	}
	e.hole = span{r.offset(literal.Lbrace), r.offset(literal.Rbrace) + 1}
	e.blank = len(literal.Elts) == 0
	for _, element := range literal.Elts {
		e.imports = append(e.imports, roots(element)...)
	}
	return e
}

func (r reader) offset(p token.Pos) int { return r.fset.Position(p).Offset }

func (r reader) span(n ast.Node) span { return span{r.offset(n.Pos()), r.offset(n.End())} }

// zeroBody is a body that returns the zero value of each result.
func (r reader) zeroBody(results *ast.FieldList) string {
	if results == nil || len(results.List) == 0 {
		return "{\n}"
	}
	if len(results.List[0].Names) > 0 {
		return "{\n\treturn\n}"
	}
	var vars, names []string
	for i, field := range results.List {
		name := "zero" + strconv.Itoa(i)
		at := r.span(field.Type)
		vars = append(vars, "\tvar "+name+" "+r.text[at.start:at.end])
		names = append(names, name)
	}
	return "{\n" + strings.Join(vars, "\n") + "\n\treturn " + strings.Join(names, ", ") + "\n}"
}

// roots returns the names X of all selectors X.y in a node: those that may be
// imported packages.
func roots(n ast.Node) []string {
	var names []string
	ast.Inspect(n, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok {
				names = append(names, x.Name)
			}
		}
		return true
	})
	return names
}

// funcName is "Chain" for a function and "Issuer.Issue" for a method.
func funcName(f *ast.FuncDecl) string {
	if f.Recv == nil || len(f.Recv.List) == 0 {
		return f.Name.Name
	}
	return receiver(f.Recv.List[0].Type) + "." + f.Name.Name
}

// receiver strips the pointer and the type parameters from a receiver's type.
func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.IndexListExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return "?"
}

// isTodo reports whether a body is the one statement panic("TODO …").
func isTodo(body *ast.BlockStmt) bool {
	if len(body.List) != 1 {
		return false
	}
	statement, ok := body.List[0].(*ast.ExprStmt)
	if !ok {
		return false
	}
	call, ok := statement.X.(*ast.CallExpr)
	if !ok || len(call.Args) != 1 {
		return false
	}
	callee, isName := call.Fun.(*ast.Ident)
	literal, isLiteral := call.Args[0].(*ast.BasicLit)
	return isName && isLiteral && callee.Name == "panic" && strings.HasPrefix(literal.Value, `"TODO `)
}
