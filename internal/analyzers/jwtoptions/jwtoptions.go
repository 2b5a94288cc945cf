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
	"golang.org/x/tools/go/analysis/passes/inspect"
)

// Analyzer reports a parser without WithValidMethods (RFC 8725 section 3.1) or
// without WithExpirationRequired, and claims that are read without any check.
// What it can't see it believes: options that come from elsewhere. Tests are
// left alone; they may parse what nobody should.
var Analyzer = &analysis.Analyzer{
	Name:     "jwtoptions",
	Doc:      "report JWTs parsed without pinned methods or without a required expiry",
	URL:      "https://www.rfc-editor.org/rfc/rfc8725#section-3.1",
	Requires: []*analysis.Analyzer{inspect.Analyzer},
	Run:      run,
}

// checker looks at the parsers of one package.
type checker struct {
	*analysis.Pass
	index    *trace.Index
	function ast.Node // the declaration that is looked at
	seen     map[ast.Expr]bool
}

func run(pass *analysis.Pass) (any, error) {
	c := checker{Pass: pass, index: trace.New(pass), seen: map[ast.Expr]bool{}}
	c.eachCall(c.visit)
	c.eachCall(c.visitMaker)
	return nil, nil
}

// eachCall calls visit with the calls outside tests.
func (c *checker) eachCall(visit func(*ast.CallExpr)) {
	for file := range trace.Files(c.Pass, false) {
		for _, decl := range file.Node().(*ast.File).Decls {
			c.function = decl
			for call := range trace.Each[*ast.CallExpr](decl) {
				visit(call)
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

// visitMaker looks at the parsers that are made here and used elsewhere.
func (c *checker) visitMaker(call *ast.CallExpr) {
	if c.callee(call) == "NewParser" && !c.seen[call] {
		c.reportOn(call, c.optionsFrom(call, 0), call)
	}
}

func (c *checker) visit(call *ast.CallExpr) {
	switch name := c.callee(call); name {
	case "Parse":
		c.reportOn(call, c.optionsFrom(call, 2), call)
	case "ParseWithClaims":
		c.reportOn(call, c.optionsFrom(call, 3), call)
	case "Parser.Parse", "Parser.ParseWithClaims":
		c.method(call)
	case "ParseFromRequest":
		c.fromRequest(call)
	case "Parser.ParseUnverified":
		for _, made := range c.made(receiver(call), 0) {
			c.seen[made] = true // one report is enough
		}
		if c.verifies(call) || c.readsHeader(call) {
			return
		}
		c.Reportf(call.Pos(), "ParseUnverified checks no signature: nothing in these claims may be believed")
	}
}

// fromRequest looks at request.ParseFromRequest, which takes its parser from an
// option and has a lenient one without.
func (c *checker) fromRequest(call *ast.CallExpr) {
	if o := c.optionsFrom(call, 3); o.names["WithParser"] == nil {
		c.reportOn(call, o, call)
	}
}

// method looks at the parser behind p.Parse(…), if its making is seen here.
func (c *checker) method(call *ast.CallExpr) {
	for _, made := range c.made(receiver(call), 0) {
		o := options{names: map[string]*ast.CallExpr{}}
		if maker, ok := made.(*ast.CallExpr); ok && c.callee(maker) == "NewParser" {
			o = c.optionsFrom(maker, 0)
		}
		c.reportOn(made, o, call)
	}
}

// reportOn reports what a parser lacks. parse is the call that uses it.
func (c *checker) reportOn(maker ast.Expr, o options, parse *ast.CallExpr) {
	if o.unknown || c.seen[maker] {
		return
	}
	c.seen[maker] = true
	switch methods, expiry := c.methods(o, parse), c.expiry(o, parse); {
	case methods != "" && expiry != "":
		c.Reportf(maker.Pos(), "%s; and %s", methods, expiry)
	case methods+expiry != "":
		c.Reportf(maker.Pos(), "%s", methods+expiry)
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
	for e := range trace.Each[ast.Expr](call) {
		if isNone(c.TypesInfo.Types[e]) {
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
