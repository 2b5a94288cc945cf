package exercise

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// mark is the comment that makes the declaration below it an exercise:
//
//	//workbook:exercise 1.3
//	//workbook:exercise 2.6 TestVerify/library
const mark = "//workbook:exercise "

// overlayVariable names the environment variable that holds the path of the
// -overlay file of this very run. Without it the sources on disk would be
// taken for those that were compiled.
const overlayVariable = "WORKBOOK_OVERLAY"

// blank is an exercise whose code is not written yet.
type blank struct {
	id   string // "1.3"
	name string // "Chain" or "Issuer.Issue"
	file string // "01-middleware/chain.go"
	line int
}

// String is the one way a blank is told to the learner.
func (b blank) String() string {
	return fmt.Sprintf("TODO %s %s — %s:%d", b.id, b.name, b.file, b.line)
}

// declaration is one marked exercise, blank or not.
type declaration struct {
	blank
	isBlank bool
}

// exercises returns the marked declarations of the package under test by id.
// The sources do not change during a run, so it reads them once.
var exercises = sync.OnceValues(func() (map[string]declaration, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	overlay, err := readOverlay(os.Getenv(overlayVariable))
	if err != nil {
		return nil, err
	}
	return scan(dir, overlay)
})

// readOverlay reads the replacements of a `go build -overlay` file.
func readOverlay(path string) (map[string]string, error) {
	if path == "" {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var overlay struct{ Replace map[string]string }
	if err := json.Unmarshal(text, &overlay); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return overlay.Replace, nil
}

// scan finds the marked declarations in the Go files of dir.
func scan(dir string, overlay map[string]string) (map[string]declaration, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	for path := range overlay { // it may add files
		if filepath.Dir(path) == dir && filepath.Ext(path) == ".go" {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	found := map[string]declaration{}
	for _, path := range slices.Compact(paths) {
		compiled := path
		if replacement, ok := overlay[path]; ok {
			compiled = replacement
		}
		if compiled == "" { // the overlay deletes the file
			continue
		}
		if err := scanFile(path, compiled, found); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// scanFile adds the marked declarations of one file to found. The text is that
// of compiled; the learner is sent to path.
func scanFile(path, compiled string, found map[string]declaration) error {
	text, err := os.ReadFile(compiled)
	if err != nil {
		return err
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	for _, decl := range file.Decls {
		d, ok := read(decl)
		if !ok {
			continue
		}
		if _, ok := found[d.id]; ok {
			return fmt.Errorf("%s: exercise %s is marked twice", path, d.id)
		}
		d.file = filepath.Base(filepath.Dir(path)) + "/" + filepath.Base(path)
		d.line = fset.Position(decl.Pos()).Line
		found[d.id] = d
	}
	return nil
}

// read returns what a declaration's mark and body say.
func read(decl ast.Decl) (declaration, bool) {
	switch decl := decl.(type) {
	case *ast.FuncDecl:
		id, ok := idIn(decl.Doc)
		return declaration{blank{id: id, name: funcName(decl)}, isTodo(decl.Body, id)}, ok
	case *ast.GenDecl:
		id, ok := idIn(decl.Doc)
		if !ok || decl.Tok != token.VAR || len(decl.Specs) != 1 {
			return declaration{}, false
		}
		spec := decl.Specs[0].(*ast.ValueSpec)
		return declaration{blank{id: id, name: spec.Names[0].Name}, isEmptyTable(spec)}, true
	}
	return declaration{}, false
}

// idIn returns the id of the mark in a doc comment.
func idIn(doc *ast.CommentGroup) (string, bool) {
	if doc == nil {
		return "", false
	}
	for _, comment := range doc.List {
		if rest, ok := strings.CutPrefix(comment.Text, mark); ok && rest != "" {
			return strings.Fields(rest)[0], true
		}
	}
	return "", false
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

// isTodo reports whether a body is the one statement panic("TODO 1.3 …").
func isTodo(body *ast.BlockStmt, id string) bool {
	if body == nil || len(body.List) != 1 {
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
	callee, ok := call.Fun.(*ast.Ident)
	if !ok || callee.Name != "panic" {
		return false
	}
	literal, ok := call.Args[0].(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return false
	}
	text, err := strconv.Unquote(literal.Value)
	return err == nil && strings.HasPrefix(text, "TODO "+id+" ")
}

// isEmptyTable reports whether a variable is declared as a composite literal
// without elements.
func isEmptyTable(spec *ast.ValueSpec) bool {
	if len(spec.Values) != 1 {
		return false
	}
	table, ok := spec.Values[0].(*ast.CompositeLit)
	return ok && len(table.Elts) == 0
}
