package proof

import (
	"go/ast"
	"go/token"
	"slices"
	"strconv"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
)

// A mutant is a wrong answer that a program derives: one small change of one
// declaration. The operators know no types; a change that does not compile is
// no mutant.

// change is one mutation of a declaration's text.
type change struct {
	at     course.Span // within the text
	code   string      // what takes its place
	shown  string      // the same as people write it, "" if that is code
	border bool
	limit  string // the constant that is changed, or ""
}

// operators finds the changes of one declaration.
type operators struct {
	text  string
	start token.Pos
	above []ast.Node // of the node that is looked at, the nearest last
	found []change
}

// changesOf returns the changes of a declaration, in the order of its text.
func changesOf(e mark.Exercise) []change {
	o := &operators{text: e.Text, start: e.Decl.Pos()}
	if e.Table {
		for _, row := range e.Decl.(*ast.GenDecl).Specs[0].(*ast.ValueSpec).Values[0].(*ast.CompositeLit).Elts {
			o.dropRow(row)
		}
		return o.found
	}
	ast.Inspect(e.Decl.(*ast.FuncDecl).Body, func(n ast.Node) bool {
		if n == nil {
			o.above = o.above[:len(o.above)-1]
			return true
		}
		o.look(n)
		o.above = append(o.above, n)
		return true
	})
	slices.SortStableFunc(o.found, func(a, b change) int { return a.at.Start - b.at.Start })
	return o.found
}

func (o *operators) look(n ast.Node) {
	switch n := n.(type) {
	case *ast.BinaryExpr:
		o.binary(n)
	case *ast.CallExpr:
		o.call(n)
	case *ast.BasicLit:
		o.number(n)
	case *ast.IfStmt:
		o.condition(n.Cond, "true || (", ")", "true")
		o.condition(n.Cond, "false && (", ")", "false")
	case *ast.ForStmt:
		if n.Cond != nil {
			o.condition(n.Cond, "false && (", ")", "false")
		}
	case *ast.ReturnStmt:
		for _, result := range n.Results {
			if b, ok := result.(*ast.BinaryExpr); ok && slices.Contains(verdicts, b.Op) {
				o.condition(b, "true || (", ")", "true")
			}
		}
	case *ast.BlockStmt:
		o.statements(n.List)
	case *ast.CaseClause:
		o.cases(n)
		o.statements(n.Body)
	case *ast.CommClause:
		o.statements(n.Body)
	}
}

// condition takes a condition, or a part of one, away. What it uses stays used.
func (o *operators) condition(n ast.Expr, before, after, shown string) {
	o.add(change{at: o.span(n), code: before + o.source(n) + after, shown: shown})
}

// otherBorder is the comparison that differs where both sides are equal.
var otherBorder = map[token.Token]string{token.LSS: "<=", token.LEQ: "<", token.GTR: ">=", token.GEQ: ">"}

func (o *operators) binary(n *ast.BinaryExpr) {
	if other, ok := otherBorder[n.Op]; ok {
		at := o.offset(n.OpPos)
		o.add(change{at: course.Span{Start: at, End: at + len(n.Op.String())}, code: other, border: true})
	}
	if n.Op != token.LAND && n.Op != token.LOR {
		return
	}
	never := map[token.Token]string{token.LAND: "true || (", token.LOR: "false && ("}[n.Op]
	op := " " + n.Op.String() + " "
	x, y := o.source(n.X), o.source(n.Y)
	o.add(change{at: o.span(n), code: "(" + x + op + "(" + never + y + ")))", shown: x})
	o.add(change{at: o.span(n), code: "((" + never + x + "))" + op + y + ")", shown: y})
}

// evenHanded are functions for which the order of two arguments is all the same,
// or can't be another.
var evenHanded = []string{"make", "max", "min", "bytes.Equal", "hmac.Equal", "subtle.ConstantTimeCompare",
	"strings.ContainsAny", "errors.Join", "io.MultiWriter", "fmt.Errorf", "fmt.Sprintf", "fmt.Fprintf", "jwt.NewParser"}

func (o *operators) call(n *ast.CallExpr) {
	if s, ok := n.Fun.(*ast.SelectorExpr); ok && len(n.Args) == 1 {
		if other, ok := map[string]string{"Before": "After", "After": "Before"}[s.Sel.Name]; ok {
			o.add(change{at: o.span(n), code: "!" + o.source(s.X) + "." + other + "(" + o.source(n.Args[0]) + ")",
				border: true})
		}
	}
	if slices.Contains(evenHanded, o.source(n.Fun)) {
		return
	}
	for i := 1; i < len(n.Args); i++ {
		x, y := n.Args[i-1], n.Args[i]
		if o.source(x) != o.source(y) && !(n.Ellipsis.IsValid() && i == len(n.Args)-1) {
			between := o.text[o.offset(x.End()):o.offset(y.Pos())]
			at := course.Span{Start: o.offset(x.Pos()), End: o.offset(y.End())}
			o.add(change{at: at, code: o.source(y) + between + o.source(x)})
		}
	}
}

// number makes an integer one more and one less. Next to a comparison that is a
// border. How much room make gets in advance is no matter of what code does.
func (o *operators) number(n *ast.BasicLit) {
	value, err := strconv.ParseInt(n.Value, 0, 64)
	if n.Kind != token.INT || err != nil || o.isRoom(n) {
		return
	}
	for _, v := range []int64{value + 1, value - 1} {
		o.add(change{at: o.span(n), code: numeral(n.Value, v), border: o.isCompared()})
	}
}

// numeral writes v as the literal that it takes the place of is written.
func numeral(literal string, v int64) string {
	switch {
	case v < 0:
		return "(" + strconv.FormatInt(v, 10) + ")"
	case strings.HasPrefix(literal, "0x"):
		return "0x" + strconv.FormatInt(v, 16)
	case strings.HasPrefix(literal, "0o"):
		return "0o" + strconv.FormatInt(v, 8)
	}
	return strconv.FormatInt(v, 10)
}

// comparisons are the operators that compare, verdicts those that make a bool.
var (
	comparisons = []token.Token{token.LSS, token.LEQ, token.GTR, token.GEQ, token.EQL, token.NEQ}
	verdicts    = append(slices.Clone(comparisons), token.LAND, token.LOR)
)

func (o *operators) isCompared() bool {
	b, ok := o.parent().(*ast.BinaryExpr)
	return ok && slices.Contains(comparisons, b.Op)
}

func (o *operators) isRoom(n ast.Expr) bool {
	call, ok := o.parent().(*ast.CallExpr)
	if !ok || o.source(call.Fun) != "make" {
		return false
	}
	_, isMap := call.Args[0].(*ast.MapType)
	return isMap || len(call.Args) == 3 && call.Args[2] == n
}

func (o *operators) parent() ast.Node { return o.above[len(o.above)-1] }

// statements drops each statement that does something. The last return of a
// function can't be dropped, nor what declares a variable.
func (o *operators) statements(list []ast.Stmt) {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.AssignStmt:
			if s.Tok == token.DEFINE {
				continue
			}
		case *ast.ExprStmt, *ast.IncDecStmt, *ast.DeferStmt, *ast.GoStmt, *ast.SendStmt, *ast.ReturnStmt,
			*ast.BranchStmt:
		default:
			continue
		}
		o.add(change{at: o.span(s), shown: nothing})
	}
}

// nothing is shown in place of what is dropped.
const nothing = "(nothing)"

// cases takes the conditions of a switch without a tag away.
func (o *operators) cases(n *ast.CaseClause) {
	s, ok := o.above[len(o.above)-2].(*ast.SwitchStmt)
	if !ok || s.Tag != nil {
		return
	}
	for _, cond := range n.List {
		o.condition(cond, "false && (", ")", "false")
	}
}

// dropRow takes a row out of a table, with the comma behind it.
func (o *operators) dropRow(row ast.Expr) {
	at := o.span(row)
	if rest := strings.TrimLeft(o.text[at.End:], " \t\n"); strings.HasPrefix(rest, ",") {
		at.End = len(o.text) - len(rest) + 1
	}
	o.add(change{at: at, shown: nothing})
}

func (o *operators) add(c change)             { o.found = append(o.found, c) }
func (o *operators) offset(p token.Pos) int   { return int(p - o.start) }
func (o *operators) source(n ast.Node) string { return o.text[o.offset(n.Pos()):o.offset(n.End())] }
func (o *operators) span(n ast.Node) course.Span {
	return course.Span{Start: o.offset(n.Pos()), End: o.offset(n.End())}
}
