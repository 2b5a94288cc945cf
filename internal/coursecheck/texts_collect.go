package main

import (
	"errors"
	"fmt"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"
)

// speaking are the packages whose texts learners read.
var speaking = []string{"./internal/workbook/...", "./internal/attack", "./internal/exercise/..."}

// ofAuthors are folders in them that speak to authors, in English alone.
var ofAuthors = regexp.MustCompile(`^internal/workbook/(proof|fixture)/`)

// collector gathers the texts of the code.
type collector struct {
	root   string
	pkg    *packages.Package
	texts  map[string][]string // English to the files that say it
	faults []string
}

// collectTexts returns every constant of the type text.Key, and what is said past it.
func collectTexts(config packages.Config, patterns ...string) (*collector, error) {
	config.Mode = packages.LoadSyntax
	loaded, err := packages.Load(&config, patterns...)
	if err != nil {
		return nil, err
	}
	c := &collector{root: config.Dir, texts: map[string][]string{}}
	for _, c.pkg = range loaded {
		for _, e := range c.pkg.Errors {
			err = errors.Join(err, e)
		}
		for _, file := range c.pkg.Syntax {
			if !ofAuthors.MatchString(c.place(file)) {
				ast.Inspect(file, c.node)
			}
		}
	}
	slices.Sort(c.faults)
	return c, err
}

// place is the file and the line of a node, from the root.
func (c *collector) place(n ast.Node) string {
	at := c.pkg.Fset.Position(n.Pos())
	rel, _ := filepath.Rel(c.root, at.Filename)
	return fmt.Sprintf("%s:%d", filepath.ToSlash(rel), at.Line)
}

func (c *collector) fault(n ast.Node, format string, args ...any) {
	c.faults = append(c.faults, c.place(n)+": "+fmt.Sprintf(format, args...))
}

// node looks at an expression, and reports whether to look into it.
func (c *collector) node(n ast.Node) bool {
	if call, ok := n.(*ast.CallExpr); ok {
		if c.call(call); isRegexp(call) {
			return false
		}
	}
	e, ok := n.(ast.Expr)
	if !ok {
		_, isImport := n.(*ast.ImportSpec)
		return !isImport
	}
	if english, ok := c.key(e); ok {
		c.add(english, e)
		return false
	}
	if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
		c.literal(lit)
	}
	return true
}

// key is the text of a constant of the type text.Key.
func (c *collector) key(e ast.Expr) (string, bool) {
	tv := c.pkg.TypesInfo.Types[e]
	if tv.Value == nil || !isKey(tv.Type) {
		return "", false
	}
	return constant.StringVal(tv.Value), true
}

func isKey(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	return ok && named.Obj().Name() == "Key" && strings.HasSuffix(named.Obj().Pkg().Path(), "internal/text")
}

func isRegexp(call *ast.CallExpr) bool {
	s, ok := call.Fun.(*ast.SelectorExpr)
	return ok && s.Sel.Name == "MustCompile"
}

// add notes a text, if it has words.
func (c *collector) add(english string, e ast.Expr) {
	file, _, _ := strings.Cut(c.place(e), ":")
	if spoken(english) && !slices.Contains(c.texts[english], file) {
		c.texts[english] = append(c.texts[english], file)
	}
}

// literal finds what may be said past the catalogue.
func (c *collector) literal(lit *ast.BasicLit) {
	words := constant.StringVal(constant.MakeFromLiteral(lit.Value, token.STRING, 0))
	if twoWords.MatchString(withoutCommands(words)) && !slices.Contains(noTexts, words) &&
		!speaksEnglish.MatchString(c.place(lit)) {
		c.fault(lit, "%.60q has words that no catalogue knows: say it with text.T, or as a constant text.Key", words)
	}
}

// call finds a text that is no constant, and one whose arguments do not fit.
func (c *collector) call(call *ast.CallExpr) {
	fun := c.pkg.TypesInfo.Types[call.Fun]
	if fun.IsType() {
		if _, ok := c.key(call); !ok && isKey(fun.Type) && !c.isText(call.Args[0]) {
			c.fault(call, "a text must be a constant, else no catalogue has it")
		}
		return
	}
	signature, ok := fun.Type.(*types.Signature)
	if !ok || !signature.Variadic() || call.Ellipsis.IsValid() || !takesAnything(signature) {
		return
	}
	given := len(call.Args) - signature.Params().Len() + 1
	if c.says(call, "N") {
		given++ // the number comes first
	}
	for i, arg := range call.Args[:signature.Params().Len()-1] {
		english, ok := c.key(arg)
		if !ok || !isKey(signature.Params().At(i).Type()) {
			continue
		}
		if problem := misfit(english, given); problem != "" {
			c.fault(arg, "%q %s", english, problem)
		}
	}
}

// takesAnything reports whether a function ends with the arguments of a format.
func takesAnything(f *types.Signature) bool {
	last := f.Params().At(f.Params().Len() - 1).Type().(*types.Slice)
	return types.IsInterface(last.Elem())
}

// isText reports whether an expression is in the reader's language already.
func (c *collector) isText(e ast.Expr) bool {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	return ok && c.says(call, "T", "N")
}

// says reports whether a call is one of some functions and methods of internal/text.
func (c *collector) says(call *ast.CallExpr, names ...string) bool {
	s, ok := call.Fun.(*ast.SelectorExpr)
	return ok && slices.Contains(names, s.Sel.Name) &&
		strings.HasSuffix(c.pkg.TypesInfo.Uses[s.Sel].Pkg().Path(), "internal/text")
}
