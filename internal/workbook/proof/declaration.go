package proof

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
)

// choice is the text of an exercise that leaves it to one of its variants.
func choice(e mark.Exercise, all []variant, names []string) (string, error) {
	d, err := parseDeclaration(e.Text)
	if err != nil {
		return "", err
	}
	head, use := d.table()
	if d.function != nil {
		head, use = d.call()
	}
	var b strings.Builder
	b.WriteString(head + " {\n\tswitch " + variantOf(e.File) + " {\n")
	for i, v := range all[1:] {
		fmt.Fprintf(&b, "\tcase %q:\n\t\t%s\n", v.name, use(names[i+1]))
	}
	b.WriteString("\t}\n\t" + strings.TrimSuffix(use(names[0]), "\n\t\treturn") + "\n}")
	if d.function == nil {
		b.WriteString("()")
	}
	return b.String(), nil
}

// declaration is the syntax of one declaration.
type declaration struct {
	text     string
	offset   func(token.Pos) int
	name     *ast.Ident
	function *ast.FuncDecl     // nil for a table
	literal  *ast.CompositeLit // nil for a function
}

func parseDeclaration(text string) (declaration, error) {
	const head = "package p\n"
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", head+text, parser.SkipObjectResolution)
	if err != nil {
		return declaration{}, err
	}
	d := declaration{text: text, offset: func(p token.Pos) int { return fset.Position(p).Offset - len(head) }}
	switch decl := file.Decls[0].(type) {
	case *ast.FuncDecl:
		d.function, d.name = decl, decl.Name
	case *ast.GenDecl:
		spec := decl.Specs[0].(*ast.ValueSpec)
		d.name = spec.Names[0]
		d.literal, _ = spec.Values[0].(*ast.CompositeLit)
	}
	return d, nil
}

func (d declaration) span(n ast.Node) course.Span {
	return course.Span{Start: d.offset(n.Pos()), End: d.offset(n.End())}
}

func (d declaration) source(n ast.Node) string { return d.text[d.offset(n.Pos()):d.offset(n.End())] }

// table is the head of a table that is chosen, and how a variant is used.
func (d declaration) table() (head string, use func(name string) string) {
	if d.literal == nil {
		return "", nil
	}
	head = "var " + d.name.Name + " = func() " + d.source(d.literal.Type)
	return head, func(name string) string { return "return " + name }
}

// call is the head of a function that calls another, and that call.
func (d declaration) call() (head string, use func(name string) string) {
	f := d.function
	head, self := "func ", ""
	if f.Recv != nil {
		head, self = "func (self "+d.source(f.Recv.List[0].Type)+") ", "self."
	}
	head += f.Name.Name
	var types []string
	if f.Type.TypeParams != nil {
		head += d.source(f.Type.TypeParams)
		for _, field := range f.Type.TypeParams.List {
			for _, name := range field.Names {
				types = append(types, name.Name)
			}
		}
		self += "%s[" + strings.Join(types, ", ") + "]"
	} else {
		self += "%s"
	}
	params, args := d.parameters()
	head += "(" + params + ")"
	if f.Type.Results == nil {
		return head, func(name string) string { return fmt.Sprintf(self, name) + "(" + args + ")\n\t\treturn" }
	}
	head += " " + d.source(f.Type.Results)
	return head, func(name string) string { return "return " + fmt.Sprintf(self, name) + "(" + args + ")" }
}

// parameters are those of the function under names of their own, and the
// arguments that hand them on.
func (d declaration) parameters() (params, args string) {
	var all, names []string
	for _, field := range d.function.Type.Params.List {
		for range max(1, len(field.Names)) {
			name := "p" + strconv.Itoa(len(all))
			all = append(all, name+" "+d.source(field.Type))
			if _, ok := field.Type.(*ast.Ellipsis); ok {
				name += "..."
			}
			names = append(names, name)
		}
	}
	return strings.Join(all, ", "), strings.Join(names, ", ")
}
