package main

import (
	"context"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os/exec"
	"slices"
	"strconv"
	"strings"

	"example.com/authbook/internal/mark"
)

// Compiling and linking take far longer than a chapter's tests. So prove builds
// them once, with every variant of every exercise in them, and an environment
// variable says which counts in a run:
//
//	func Chain(p0 ...Middleware) Middleware {
//		switch workbookVariant {
//		case "01-middleware/testdata/wrong/1.4-backwards.diff":
//			return workbook7(p0...)
//		}
//		return workbook6(p0...)
//	}

// variantVariable is that variable. None is the reference.
const variantVariable = "WORKBOOK_VARIANT"

// variant is one text of an exercise.
type variant struct {
	name    string // "" for the reference
	text    string // of the declaration
	imports []importSpec
}

// variantsOf returns every text of an exercise that prove runs.
func (p *proof) variantsOf(e mark.Exercise) []variant {
	with := func(body string) string {
		return e.Text[:e.HoleStart-e.Start] + body + e.Text[e.HoleEnd-e.Start:]
	}
	all := []variant{{text: e.Text}, {name: blankOfOne(e), text: with(todo(e, nil, nil))}}
	if !e.Table {
		all = append(all, variant{name: zeroOfOne(e), text: with(zeroBody(e))})
	}
	for _, w := range p.answers {
		if w.id == e.ID && w.broken == nil {
			all = append(all, variant{name: w.file, text: w.text, imports: w.imports})
		}
	}
	return all
}

func blankOfOne(e mark.Exercise) string { return e.ID.String() + " blank" }
func zeroOfOne(e mark.Exercise) string  { return e.ID.String() + " zero" }

// binary is a chapter's tests, built.
type binary struct{ path, test2json string }

// buildOnce builds the tests with all variants in them. Where that does not
// work, such as when a wrong answer does not compile, there is no binary: each
// variant is built by itself then, and the one at fault is told.
func (p *proof) buildOnce(ctx context.Context) error {
	t, err := p.withAll()
	if err != nil {
		return err
	}
	o, err := p.lay(t)
	if err != nil {
		return err
	}
	tool := exec.CommandContext(ctx, "go", "tool", "-n", "test2json")
	tool.Dir = p.root
	path, err := tool.Output()
	if err != nil {
		return goFailed(err)
	}
	built := program(p.dir.folder() + ".test")
	build := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-overlay="+string(o), "-o="+built, "./"+p.chapter.name)
	build.Dir = p.root
	if out, err := build.CombinedOutput(); err != nil {
		p.ui.say("%s %s: the wrong answers don't build in one go, which takes longer: %s", p.ui.paint(yellow, "note:"), p.chapter.name, firstLine(string(out), "./", p.chapter.name, "..", "/"))
		return ctx.Err()
	}
	p.binary = &binary{built, strings.TrimSpace(string(path))}
	return nil
}

// withAll is the reference with a choice in place of each exercise.
func (p *proof) withAll() (tree, error) {
	out := maps.Clone(p.chapter.reference)
	edits := map[string][]edit{}
	n := 0
	for _, e := range p.exercises {
		all := p.variantsOf(e)
		names := make([]string, len(all))
		for i, v := range all {
			names[i] = "workbook" + strconv.Itoa(n)
			n++
			file, text, err := p.fileOf(e, v, names[i])
			if err != nil {
				return nil, fmt.Errorf("%s: %w", e, err)
			}
			out[file] = text
		}
		chosen, err := choice(e, all, names)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e, err)
		}
		edits[e.File] = append(edits[e.File], edit{span{e.Start, e.End()}, chosen})
	}
	for file, list := range edits {
		name := "workbook_variant.go"
		if strings.HasSuffix(file, "_test.go") { // perhaps a package of its own
			name = "workbook_variant_" + packageOf(out[file]) + "_test.go"
		}
		out[name] = "package " + packageOf(out[file]) + "\n\nimport \"os\"\n\nvar " + variantOf(file) + " = os.Getenv(" + strconv.Quote(variantVariable) + ")\n"
		text, err := mend(splice(out[file], list), nil, p.names)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		out[file] = text
	}
	return out, nil
}

// variantOf is the variable that tells a file which variant counts.
func variantOf(file string) string {
	if strings.HasSuffix(file, "_test.go") {
		return "workbookTestVariant"
	}
	return "workbookVariant"
}

// fileOf is a file with one variant under another name.
func (p *proof) fileOf(e mark.Exercise, v variant, name string) (file, text string, err error) {
	d, err := parseDeclaration(v.text)
	if err != nil {
		return "", "", err
	}
	file = name + ".go"
	if strings.HasSuffix(e.File, "_test.go") {
		file = name + "_test.go"
	}
	whole := p.chapter.reference[e.File]
	renamed := splice(v.text, []edit{{d.span(d.name), name}})
	text, err = mend("package "+packageOf(whole)+"\n\n"+renamed+"\n", slices.Concat(v.imports, importsOf(whole)), p.names)
	return file, text, err
}

func packageOf(text string) string {
	file, err := parser.ParseFile(token.NewFileSet(), "", text, parser.PackageClauseOnly)
	if err != nil {
		return ""
	}
	return file.Name.Name
}

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

func (d declaration) span(n ast.Node) span {
	return span{d.offset(n.Pos()), d.offset(n.End())}
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
