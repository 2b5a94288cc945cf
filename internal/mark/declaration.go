package mark

import (
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"strconv"
	"strings"
)

// wordsOf returns the words of the mark in a declaration's doc comment.
func wordsOf(decl ast.Decl) ([]string, bool) {
	doc := docOf(decl)
	if doc == nil {
		return nil, false
	}
	for _, c := range doc.List {
		if words, ok := wordsIn(c); ok {
			return words, true
		}
	}
	return nil, false
}

// docOf is the comment that may hold a mark; nil where none may be.
func docOf(decl ast.Decl) *ast.CommentGroup {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		return decl.Doc
	case *ast.GenDecl:
		if decl.Tok == token.VAR && len(decl.Specs) == 1 {
			return decl.Doc
		}
	}
	return nil
}

// wordsIn returns the words of a mark, [Comment] first.
func wordsIn(c *ast.Comment) ([]string, bool) {
	return strings.Fields(c.Text), strings.HasPrefix(c.Text, Comment)
}

// setMark fills in what the mark says.
func (e *Exercise) setMark(words []string) error {
	if words[0] != Comment || len(words) == 1 {
		return fmt.Errorf("%s lacks the number of the exercise", words[0])
	}
	var ok bool
	if e.ID, ok = ParseID(words[1]); !ok {
		return fmt.Errorf("%s %s: the number of an exercise looks like 1.3", Comment, words[1])
	}
	text := patternOf(e.Name)
	if len(words) > 2 {
		text = strings.Join(words[2:], " ")
	}
	var err error
	e.Tests, err = ParsePattern(text)
	return err
}

// setShape fills in what the declaration says of its name and its hole.
func (e *Exercise) setShape() error {
	switch decl := e.Decl.(type) {
	case *ast.FuncDecl:
		e.Name = NameOf(decl)
		if decl.Body != nil {
			e.HoleStart, e.HoleEnd = e.Offset(decl.Body.Lbrace), e.Offset(decl.Body.Rbrace)+1
			return nil
		}
	case *ast.GenDecl:
		e.Name, e.Table = decl.Specs[0].(*ast.ValueSpec).Names[0].Name, true
		if table := tableOf(decl); table != nil {
			e.HoleStart, e.HoleEnd = e.Offset(table.Lbrace), e.Offset(table.Rbrace)+1
			return nil
		}
	}
	return errors.New("an exercise must be a function with a body, or a table that is written as a composite literal")
}

// tableOf is the table that a declaration of one variable is, or nil.
func tableOf(decl *ast.GenDecl) *ast.CompositeLit {
	spec := decl.Specs[0].(*ast.ValueSpec)
	if len(spec.Names) != 1 || len(spec.Values) != 1 {
		return nil
	}
	table, _ := spec.Values[0].(*ast.CompositeLit)
	return table
}

// isBlank reports whether an exercise is not written yet.
func (e *Exercise) isBlank() bool {
	if f, ok := e.Decl.(*ast.FuncDecl); ok {
		return isTodo(f.Body, e.ID)
	}
	return len(tableOf(e.Decl.(*ast.GenDecl)).Elts) == 0
}

// isTodo reports whether a body is the one statement panic("TODO 1.3 …"), with
// the number of its own exercise.
func isTodo(body *ast.BlockStmt, id ID) bool {
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
	if !isName || !isLiteral || callee.Name != "panic" {
		return false
	}
	text, err := strconv.Unquote(literal.Value)
	return err == nil && strings.HasPrefix(text, "TODO "+id.String()+" ")
}

// NameOf is "Chain" for a function and "Issuer.Issue" for a method.
func NameOf(f *ast.FuncDecl) string {
	if f.Recv == nil || len(f.Recv.List) == 0 {
		return f.Name.Name
	}
	return receiver(f.Recv.List[0].Type) + "." + f.Name.Name
}

// receiver is a receiver's type without its pointer and its type parameters.
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
