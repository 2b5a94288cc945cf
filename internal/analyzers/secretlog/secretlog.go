// Package secretlog finds secrets that are written to a log. Logs are copied,
// searched and kept for years, by people and machines that no password or token
// was ever meant for.
package secretlog

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"example.com/authbook/internal/analyzers/secretname"
	"example.com/authbook/internal/analyzers/trace"
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
)

// Analyzer reports a value with the name of a secret that is an argument of log,
// of slog, or of a function that prints to the standard output. Tests are left
// alone: their secrets are made up.
var Analyzer = &analysis.Analyzer{
	Name:     "secretlog",
	Doc:      "report secrets written to a log or to the standard output",
	URL:      "https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html#data-to-exclude",
	Requires: []*analysis.Analyzer{inspect.Analyzer},
	Run:      run,
}

type checker struct{ *analysis.Pass }

func run(pass *analysis.Pass) (any, error) {
	c := checker{pass}
	for file := range trace.Files(pass, false) {
		for call := range trace.Each[*ast.CallExpr](file.Node()) {
			c.visit(call)
		}
	}
	return nil, nil
}

func (c checker) visit(call *ast.CallExpr) {
	if !c.logs(call) {
		return
	}
	for i, arg := range call.Args {
		what := c.secret(arg)
		if what == "" && i > 0 && c.isText(arg) && !c.isWritten(arg) {
			what = c.named(call.Args[i-1]) // slog.Info("log-in", "password", typed)
		}
		if what != "" {
			c.Reportf(arg.Pos(), "%s goes to a log, where many can read it and nobody can take it back; "+
				"log who and what happened, not the secret", what)
		}
	}
}

// logs reports whether a call writes its arguments to a log, or to where a server's
// standard output goes, or makes an attribute of a line of the log.
func (c checker) logs(call *ast.CallExpr) bool {
	path, name := trace.Callee(c.TypesInfo, call)
	switch path {
	case "log":
		return !strings.Contains(name, "Set") && !strings.HasSuffix(name, "New")
	case "log/slog":
		return !slices.Contains([]string{"New", "NewJSONHandler", "NewTextHandler", "SetDefault"}, name)
	case "fmt":
		return strings.HasPrefix(name, "Print") ||
			strings.HasPrefix(name, "Fprint") && len(call.Args) > 0 && c.isStandard(call.Args[0])
	}
	return false
}

// isStandard reports whether a writer is os.Stdout or os.Stderr.
func (c checker) isStandard(e ast.Expr) bool {
	s, ok := ast.Unparen(e).(*ast.SelectorExpr)
	if !ok {
		return false
	}
	v := c.TypesInfo.Uses[s.Sel]
	return v != nil && v.Pkg() != nil && v.Pkg().Path() == "os" && strings.HasPrefix(v.Name(), "Std")
}

// secret names the secret that an argument is, "" if it is none.
func (c checker) secret(e ast.Expr) string {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return c.variable(e, e.Name)
	case *ast.SelectorExpr:
		return c.variable(e, e.Sel.Name)
	case *ast.SliceExpr:
		return c.secret(e.X)
	case *ast.StarExpr:
		return c.secret(e.X)
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			return c.any(e.X, e.Y)
		}
	case *ast.IndexExpr: // r.Form["password"]
		return c.named(e.Index)
	case *ast.CallExpr:
		return c.call(e)
	}
	return ""
}

func (c checker) any(all ...ast.Expr) string {
	for _, e := range all {
		if what := c.secret(e); what != "" {
			return what
		}
	}
	return ""
}

// variable is a text, or bytes, with the name of a secret. A cookie is one by its
// type: it prints with its value.
func (c checker) variable(e ast.Expr, name string) string {
	isCookie := typeOf(c.TypesInfo.TypeOf(e)) == "net/http.Cookie"
	if isCookie || c.isText(e) && !c.isWritten(e) && isSecret(name) {
		return name
	}
	return ""
}

func isSecret(name string) bool {
	words := secretname.Words(name)
	return secretname.Is(words) || len(words) > 0 && words[len(words)-1] == "cookie"
}

// call is another spelling of a secret, or what is asked for by the name of one.
func (c checker) call(call *ast.CallExpr) string {
	path, name := trace.Callee(c.TypesInfo, call)
	switch {
	case c.TypesInfo.Types[call.Fun].IsType() || spellings[path+"."+name]:
		return c.any(call.Args...)
	case len(call.Args) == 1 && c.isText(call):
		return c.named(call.Args[0]) // r.FormValue("password")
	}
	return ""
}

// spellings write a value in another way.
var spellings = map[string]bool{
	"encoding/hex.EncodeToString": true, "encoding/base64.Encoding.EncodeToString": true,
	"strings.TrimSpace": true, "strings.ToLower": true, "fmt.Sprintf": true, "fmt.Sprint": true,
}

// named is a constant text that names a secret.
func (c checker) named(e ast.Expr) string {
	value := c.TypesInfo.Types[e].Value
	if value == nil || value.Kind() != constant.String {
		return ""
	}
	text := constant.StringVal(value)
	if strings.ContainsAny(text, " %") || !isSecret(text) {
		return ""
	}
	return fmt.Sprintf("the value of %s", text)
}

// isWritten reports whether a value stands in the source.
func (c checker) isWritten(e ast.Expr) bool { return c.TypesInfo.Types[e].Value != nil }

// isText reports whether a value is a string or bytes.
func (c checker) isText(e ast.Expr) bool {
	switch t := c.TypesInfo.TypeOf(e).Underlying().(type) {
	case *types.Basic:
		return t.Info()&types.IsString != 0
	case *types.Slice:
		return types.Identical(t.Elem().Underlying(), types.Typ[types.Byte])
	case *types.Array:
		return types.Identical(t.Elem().Underlying(), types.Typ[types.Byte])
	}
	return false
}

// typeOf is a named type or a pointer to one, with its package.
func typeOf(t types.Type) string {
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	n, ok := t.(*types.Named)
	if !ok || n.Obj().Pkg() == nil {
		return ""
	}
	return n.Obj().Pkg().Path() + "." + n.Obj().Name()
}
