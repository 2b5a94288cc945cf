package proof

import (
	"fmt"
	"go/ast"
	"go/token"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
)

// limits are the numbers among some constants: a limit that the notes name is
// held only where a test knows the number itself. Numbers that Go counts (iota)
// are none.
func limits(d mark.Exercise) []*ast.ValueSpec {
	var all []*ast.ValueSpec
	for _, s := range d.Decl.(*ast.GenDecl).Specs {
		spec := s.(*ast.ValueSpec)
		if len(spec.Values) == 0 || refersToIota(spec) {
			return nil // to take one out would number the others anew
		}
		if len(spec.Names) == 1 && len(spec.Values) == 1 && firstNumber(spec.Values[0]) != nil {
			all = append(all, spec)
		}
	}
	return all
}

func refersToIota(spec *ast.ValueSpec) (found bool) {
	ast.Inspect(spec, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.Name == "iota"
		return true
	})
	return found
}

// firstNumber is the literal of 30 * time.Second that says how many, nil where
// there is none.
func firstNumber(n ast.Expr) (found *ast.BasicLit) {
	ast.Inspect(n, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok && found == nil && lit.Kind == token.INT {
			found = lit
		}
		return found == nil
	})
	return found
}

// changesOfLimits makes each limit one more and one less. A product with a unit,
// 30 * time.Second, counts in its unit.
func changesOfLimits(d mark.Exercise) []change {
	var all []change
	for _, spec := range limits(d) {
		o := &operators{text: d.Text, start: d.Decl.Pos(), above: []ast.Node{spec}}
		value := spec.Values[0]
		if b, ok := value.(*ast.BinaryExpr); ok && b.Op == token.SHL {
			o.add(change{at: o.span(value), code: o.source(value) + " + 1"})
			o.add(change{at: o.span(value), code: o.source(value) + " - 1"})
		} else {
			o.number(firstNumber(value))
		}
		for _, c := range o.found {
			whole := o.span(value)
			c.code = o.text[whole.Start:c.at.Start] + c.code + o.text[c.at.End:whole.End]
			c.at, c.border, c.limit = whole, true, spec.Names[0].Name
			all = append(all, c)
		}
	}
	return all
}

// pick gives a limit that became a variable its value.
const pick = `
func workbookPick[T any](reference T, more string, v T, less string, w T) T {
	switch workbookVariant {
	case more:
		return v
	case less:
		return w
	}
	return reference
}
`

// asVariables takes limits out of the constants d, and declares variables in
// their place. Go then says where a constant is needed; those stay.
func asVariables(d mark.Exercise, mutants []mutant, stays map[string]bool) (left, variables string) {
	o := &operators{text: d.Text, start: d.Decl.Pos()}
	var edits []course.Edit
	var b strings.Builder
	for _, spec := range limits(d) {
		name, kind := spec.Names[0].Name, ""
		if spec.Type != nil {
			kind = "[" + o.source(spec.Type) + "]"
		}
		var pair []mutant
		for _, m := range mutants {
			if m.limit == name && m.place.Start == d.Start && m.place.File == d.File {
				pair = append(pair, m)
			}
		}
		if len(pair) != 2 || stays[name] {
			continue
		}
		fmt.Fprintf(&b, "var %s = workbookPick%s(%s, %q, %s, %q, %s)\n", name, kind, o.source(spec.Values[0]),
			pair[0].name, pair[0].code, pair[1].name, pair[1].code)
		edits = append(edits, course.Edit{At: o.span(spec)})
	}
	if left = course.Splice(d.Text, edits); !strings.Contains(left, "(") && len(edits) > 0 {
		left = "" // const X = 1, alone
	}
	return left, b.String()
}
