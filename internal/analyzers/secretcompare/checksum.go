package secretcompare

import (
	"go/ast"
	"slices"
	"strings"

	"example.com/authbook/internal/analyzers/secretname"
	"example.com/authbook/internal/analyzers/trace"
)

// unlessChecksum takes a secret back that is one by its name alone, a hash, where
// one side is a checksum: then the other is the checksum to compare it with.
func (c checker) unlessChecksum(what string, x, y ast.Expr) string {
	name, _, _ := strings.Cut(what, ",")
	if secretname.IsHash(secretname.Words(name)) && (c.isChecksum(x, 0) || c.isChecksum(y, 0)) {
		return ""
	}
	return what
}

// isChecksum reports whether a value is a plain hash, of nothing that is a secret
// as far as names tell.
func (c checker) isChecksum(e ast.Expr, depth int) bool {
	if depth > deepest {
		return false
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return c.all(c.index.Values(c.index.Object(e)), depth+1)
	case *ast.SliceExpr:
		return c.isChecksum(e.X, depth)
	case *ast.CompositeLit: // a list of them
		return c.isOpen(e.Elts)
	case *ast.CallExpr:
		return c.isChecksumCall(e, depth)
	}
	return false
}

func (c checker) all(values []ast.Expr, depth int) bool {
	isSecret := func(e ast.Expr) bool { return !c.isChecksum(e, depth) }
	return len(values) > 0 && !slices.ContainsFunc(values, isSecret)
}

func (c checker) isChecksumCall(call *ast.CallExpr, depth int) bool {
	path, name := trace.Callee(c.TypesInfo, call)
	switch full := path + "." + name; {
	case hashes[full]:
		return c.isOpen(call.Args)
	case c.keeps(call) || spellings[full]:
		return slices.ContainsFunc(call.Args, func(arg ast.Expr) bool { return c.isChecksum(arg, depth+1) })
	case name == "Hash.Sum":
		return c.isPlainSum(call)
	}
	if !c.isOpen(call.Args) {
		return false
	}
	words := secretname.Words(trace.LastName(call.Fun))
	body := c.index.Body(call)
	return hasAny(words, "md", "sha") && !hasAny(words, "hmac", "mac") || // md5, sha256: of another package too
		body != nil && c.all(trace.Returned(body, 0), depth+1)
}

// isOpen reports whether no value of some is a secret.
func (c checker) isOpen(values []ast.Expr) bool {
	return !slices.ContainsFunc(values, func(e ast.Expr) bool {
		return c.secret(e, 0) != "" || c.likeElsewhere(e, 0) != ""
	})
}

// isPlainSum reports whether a call is h.Sum(nil), and nothing secret was written
// to h. It is known what that was.
func (c checker) isPlainSum(call *ast.CallExpr) bool {
	h := c.index.Object(call.Fun.(*ast.SelectorExpr).X)
	return h != nil && len(c.written[h]) > 0 && c.sum(call) == "" && c.isOpen(c.written[h])
}

// noteWritten notes what a call writes to a variable: h.Write(b), io.WriteString(h, s),
// fmt.Fprint(h, s).
func (c checker) noteWritten(call *ast.CallExpr) {
	path, name := trace.Callee(c.TypesInfo, call)
	to, from := ast.Expr(nil), call.Args
	switch s, isMethod := call.Fun.(*ast.SelectorExpr); {
	case isMethod && (strings.HasSuffix(name, ".Write") || strings.HasSuffix(name, ".WriteString")):
		to = s.X
	case (path == "io" || path == "fmt") && len(call.Args) > 1:
		to, from = call.Args[0], call.Args[1:]
	default:
		return
	}
	if object := c.index.Object(to); object != nil {
		c.written[object] = append(c.written[object], from...)
	}
}
