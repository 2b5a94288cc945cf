// Package jwtoptions finds parsers of golang-jwt that are less strict than they
// must be: the token may choose its algorithm, or may live for ever.
package jwtoptions

import (
	"go/ast"
	"go/types"
	"regexp"
	"strings"

	"example.com/authbook/internal/analyzers/trace"
	"golang.org/x/tools/go/analysis"
)

// Analyzer reports a parser without WithValidMethods (RFC 8725 section 3.1) or
// without WithExpirationRequired, and claims that are read without any check.
// What it can't see it believes: options that come from elsewhere. Tests are
// left alone; they may parse what nobody should.
var Analyzer = &analysis.Analyzer{
	Name: "jwtoptions",
	Doc:  "report JWTs parsed without pinned methods or without a required expiry",
	URL:  "https://www.rfc-editor.org/rfc/rfc8725#section-3.1",
	Run:  run,
}

// checker looks at the parsers of one package.
type checker struct {
	*analysis.Pass
	index    *trace.Index
	function ast.Node // the declaration that is looked at
	judged   map[ast.Expr]bool
}

func run(pass *analysis.Pass) (any, error) {
	c := checker{Pass: pass, index: trace.New(pass), judged: map[ast.Expr]bool{}}
	c.eachCall(c.visit)
	c.eachCall(c.visitMaker)
	return nil, nil
}

// eachCall calls visit with the calls outside tests.
func (c *checker) eachCall(visit func(*ast.CallExpr)) {
	for _, file := range c.Files {
		if trace.IsTest(c.Pass, file) {
			continue
		}
		for _, decl := range file.Decls {
			c.function = decl
			for n := range ast.Preorder(decl) {
				if call, ok := n.(*ast.CallExpr); ok {
					visit(call)
				}
			}
		}
	}
}

var library = regexp.MustCompile(`^github\.com/golang-jwt/jwt(/v\d+)?(/request)?$`)

// callee is the name of a function of golang-jwt, "" for any other.
func (c checker) callee(call *ast.CallExpr) string {
	path, name := trace.Callee(c.TypesInfo, call)
	if !library.MatchString(path) {
		return ""
	}
	return name
}

// visitMaker judges the parsers that are made here and used elsewhere.
func (c *checker) visitMaker(call *ast.CallExpr) {
	if c.callee(call) == "NewParser" && !c.judged[call] {
		c.judge(call, c.optionsFrom(call, 0), call)
	}
}

func (c *checker) visit(call *ast.CallExpr) {
	switch name := c.callee(call); name {
	case "Parse":
		c.judge(call, c.optionsFrom(call, 2), call)
	case "ParseWithClaims":
		c.judge(call, c.optionsFrom(call, 3), call)
	case "Parser.Parse", "Parser.ParseWithClaims":
		c.method(call)
	case "ParseFromRequest":
		c.fromRequest(call)
	case "Parser.ParseUnverified":
		for _, made := range c.made(receiver(call), 0) {
			c.judged[made] = true // one report is enough
		}
		c.Reportf(call.Pos(), "ParseUnverified checks no signature: nothing in these claims may be believed")
	}
}

// fromRequest judges request.ParseFromRequest, which takes its parser from an
// option and has a lenient one without.
func (c *checker) fromRequest(call *ast.CallExpr) {
	if o := c.optionsFrom(call, 3); o.names["WithParser"] == nil {
		c.judge(call, o, call)
	}
}

// method judges the parser behind p.Parse(…), if its making is seen here.
func (c *checker) method(call *ast.CallExpr) {
	for _, made := range c.made(receiver(call), 0) {
		o := options{names: map[string]*ast.CallExpr{}}
		if maker, ok := made.(*ast.CallExpr); ok && c.callee(maker) == "NewParser" {
			o = c.optionsFrom(maker, 0)
		}
		c.judge(made, o, call)
	}
}

// receiver is p in p.Parse(…).
func receiver(call *ast.CallExpr) ast.Expr { return call.Fun.(*ast.SelectorExpr).X }

// made returns the expressions that make a parser: a call of NewParser, or a
// literal of the type, which has no options at all.
func (c checker) made(e ast.Expr, depth int) []ast.Expr {
	switch e := ast.Unparen(e).(type) {
	case *ast.CallExpr:
		if name, ok := e.Fun.(*ast.Ident); ok && name.Name == "new" || c.callee(e) == "NewParser" {
			return []ast.Expr{e}
		}
		if body := c.index.Body(e); body != nil && depth < 4 {
			return c.madeBy(trace.Returned(body, 0), depth+1)
		}
	case *ast.UnaryExpr:
		return c.made(e.X, depth)
	case *ast.CompositeLit:
		return []ast.Expr{e}
	case *ast.Ident, *ast.SelectorExpr:
		object := c.index.Object(e)
		if object != nil && len(c.index.Values(object)) == 0 && isParser(object.Type()) && !c.isParameter(e) {
			return []ast.Expr{e} // var p jwt.Parser
		}
		if object != nil && depth < 4 {
			return c.madeBy(c.index.Values(object), depth+1)
		}
	}
	return nil
}

// isParser reports whether a type is jwt.Parser itself, whose zero value works.
func isParser(t types.Type) bool {
	named, ok := t.(*types.Named)
	return ok && named.Obj().Name() == "Parser" && named.Obj().Pkg() != nil && library.MatchString(named.Obj().Pkg().Path())
}

func (c checker) madeBy(all []ast.Expr, depth int) []ast.Expr {
	var found []ast.Expr
	for _, e := range all {
		found = append(found, c.made(e, depth)...)
	}
	return found
}

// judge reports what a parser lacks. parse is the call that uses it.
func (c *checker) judge(maker ast.Expr, o options, parse *ast.CallExpr) {
	if o.unknown || c.judged[maker] {
		return
	}
	c.judged[maker] = true
	var lacks []string
	if problem := c.methods(o, parse); problem != "" {
		lacks = append(lacks, problem)
	}
	if problem := c.expiry(o, parse); problem != "" {
		lacks = append(lacks, problem)
	}
	if len(lacks) > 0 {
		c.Reportf(maker.Pos(), "%s", strings.Join(lacks, "; and "))
	}
}

// methods says what is wrong with the algorithms that a parser takes.
func (c checker) methods(o options, parse *ast.CallExpr) string {
	call, ok := o.names["WithValidMethods"]
	if !ok {
		if c.keyFunctionPins(parse) {
			return ""
		}
		return "the token chooses its algorithm: pass jwt.WithValidMethods with the one you sign with"
	}
	if c.TypesInfo.Types[call.Args[0]].IsNil() {
		return "jwt.WithValidMethods(nil) allows every algorithm"
	}
	for n := range ast.Preorder(call) {
		if e, ok := n.(ast.Expr); ok && isNone(c.TypesInfo.Types[e]) {
			return "the algorithm none is no signature: take it out of jwt.WithValidMethods"
		}
	}
	return ""
}

func isNone(v types.TypeAndValue) bool {
	return v.Value != nil && strings.EqualFold(v.Value.String(), `"none"`)
}

// expiry says whether a token may lack exp.
func (c checker) expiry(o options, parse *ast.CallExpr) string {
	_, required := o.names["WithExpirationRequired"]
	_, off := o.names["WithoutClaimsValidation"]
	switch {
	case c.checksExpiry(parse, off):
		return ""
	case off:
		return "jwt.WithoutClaimsValidation switches the check of exp off, also the required one"
	case !required:
		return "a token without exp lives for ever: pass jwt.WithExpirationRequired()"
	}
	return ""
}

// options are the options of a parser by name. unknown is set when some come
// from where this analyzer does not see.
type options struct {
	names   map[string]*ast.CallExpr
	unknown bool
}

// optionsFrom reads the options of a call from an argument on.
func (c checker) optionsFrom(call *ast.CallExpr, first int) options {
	o := options{names: map[string]*ast.CallExpr{}}
	if first < len(call.Args) {
		for _, e := range call.Args[first:] {
			c.option(&o, e, 0)
		}
	}
	return o
}

// option adds what one expression stands for: an option, or a slice of them.
func (c checker) option(o *options, e ast.Expr, depth int) {
	e = ast.Unparen(e)
	if depth > 8 {
		return // a slice that is appended to itself: all its parts are seen
	}
	switch e := e.(type) {
	case *ast.CallExpr:
		c.optionCall(o, e, depth)
	case *ast.CompositeLit:
		c.all(o, e.Elts, depth)
	case *ast.Ident, *ast.SelectorExpr:
		if c.TypesInfo.Types[e].IsNil() {
			return
		}
		values := c.index.Values(c.index.Object(e))
		if len(values) == 0 || c.isParameter(e) {
			o.unknown = true
		}
		c.all(o, values, depth)
	default:
		o.unknown = true
	}
}

func (c checker) all(o *options, all []ast.Expr, depth int) {
	for _, e := range all {
		c.option(o, e, depth+1)
	}
}

// optionCall reads an option's own call, an append, a make, or a function of
// this package that returns options.
func (c checker) optionCall(o *options, call *ast.CallExpr, depth int) {
	if name := c.callee(call); name != "" {
		o.names[name] = call
		return
	}
	if name, ok := ast.Unparen(call.Fun).(*ast.Ident); ok && c.TypesInfo.Types[name].IsBuiltin() {
		if name.Name == "append" {
			c.all(o, call.Args, depth)
		}
		return
	}
	body := c.index.Body(call)
	if path, name := trace.Callee(c.TypesInfo, call); body == nil && path == "slices" && (name == "Concat" || name == "Clone") {
		c.all(o, call.Args, depth)
		return
	}
	if body == nil {
		o.unknown = true
		return
	}
	c.all(o, trace.Returned(body, 0), depth)
}

// isParameter reports whether a name is a parameter: its caller may have given
// anything.
func (c checker) isParameter(e ast.Expr) bool {
	object := c.index.Object(e)
	for n := range ast.Preorder(c.function) {
		if f, ok := n.(*ast.FuncType); ok {
			for _, field := range f.Params.List {
				for _, name := range field.Names {
					if c.TypesInfo.ObjectOf(name) == object {
						return true
					}
				}
			}
		}
	}
	return false
}
