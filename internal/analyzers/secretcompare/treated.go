package secretcompare

import (
	"fmt"
	"go/ast"
	"go/types"

	"example.com/authbook/internal/analyzers/trace"
)

// treaters are functions whose arguments are secrets, whatever their names are,
// with the places of those.
var treaters = map[string][]int{
	"crypto/subtle.ConstantTimeCompare": {0, 1}, "crypto/hmac.Equal": {0, 1},
	"crypto/hmac.New": {1}, "crypto/aes.NewCipher": {0}, "golang.org/x/crypto/chacha20poly1305.New": {0},
	"github.com/golang-jwt/jwt/v5.Token.SignedString": {0},
}

// findTreated finds the variables and fields that the package treats as a
// secret somewhere: who compares one in constant time here should do so there.
func (c checker) findTreated() {
	for file := range trace.Files(c.Pass, false) {
		for call := range trace.Each[*ast.CallExpr](file.Node()) {
			c.noteWritten(call)
			c.noteSent(call)
			path, name := trace.Callee(c.TypesInfo, call)
			for _, place := range treaters[path+"."+name] {
				if place < len(call.Args) {
					c.treat(call.Args[place], c.Fset.Position(call.Pos()).Line, 0)
				}
			}
		}
	}
}

// treat notes what an expression is made of, through other spellings of it.
func (c checker) treat(e ast.Expr, line, depth int) {
	if depth > deepest {
		return
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident, *ast.SelectorExpr:
		c.treatObject(c.index.Object(e), line, depth)
	case *ast.SliceExpr:
		c.treat(e.X, line, depth)
	case *ast.CallExpr:
		path, name := trace.Callee(c.TypesInfo, e)
		if c.TypesInfo.Types[e.Fun].IsType() || (spellings[path+"."+name] || hashes[path+"."+name]) && path != "fmt" {
			c.treatAll(e.Args, line, depth+1)
		}
	}
}

// treatObject notes a variable or field, and what is assigned to it.
func (c checker) treatObject(object types.Object, line, depth int) {
	if _, known := c.treated[object]; known || object == nil {
		return
	}
	c.treated[object] = line
	c.treatAll(c.index.Values(object), line, depth+1)
}

func (c checker) treatAll(all []ast.Expr, line, depth int) {
	for _, e := range all {
		c.treat(e, line, depth)
	}
}

// likeElsewhere says in which line an expression's value is a secret, "" if in
// none. It looks at the value itself: a text that a secret is a part of, such
// as a whole stored hash that is checked for its form, is not treated so.
func (c checker) likeElsewhere(e ast.Expr, depth int) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident, *ast.SelectorExpr:
		object := c.index.Object(e)
		if line, ok := c.treated[object]; ok {
			return fmt.Sprintf("%s, which is a secret in line %d,", trace.LastName(e), line)
		}
		if values := c.index.Values(object); len(values) == 1 && depth < deepest {
			return c.likeElsewhere(values[0], depth+1)
		}
	case *ast.SliceExpr:
		return c.likeElsewhere(e.X, depth)
	case *ast.CallExpr:
		if c.TypesInfo.Types[e.Fun].IsType() && len(e.Args) == 1 {
			return c.likeElsewhere(e.Args[0], depth)
		}
	}
	return ""
}
