package proof

import (
	"context"
	"fmt"
	"go/parser"
	"go/token"
	"maps"
	"os/exec"
	"slices"
	"strconv"
	"strings"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// variant is one text of an exercise.
type variant struct {
	name    string // "" for the reference
	text    string // of the declaration
	imports []course.ImportSpec
}

// variantsOf returns every text of an exercise that prove runs.
func (p *proof) variantsOf(e mark.Exercise) []variant {
	with := func(body string) string {
		return e.Text[:e.HoleStart-e.Start] + body + e.Text[e.HoleEnd-e.Start:]
	}
	all := []variant{{text: e.Text}, {name: blankOfOne(e), text: with(course.Todo(e, nil, nil))}}
	if !e.Table {
		all = append(all, variant{name: zeroOfOne(e), text: with(course.ZeroBody(e))})
	}
	for _, w := range p.answers {
		if w.ID == e.ID && w.Broken == nil {
			all = append(all, variant{name: w.File, text: w.Text, imports: w.Imports})
		}
	}
	return append(all, p.puzzleVariants(e)...)
}

func blankOfOne(e mark.Exercise) string { return e.ID.String() + " blank" }

func zeroOfOne(e mark.Exercise) string { return e.ID.String() + " zero" }

// buildOnce builds the tests with all variants in them. Where that does not
// work, such as when a wrong answer does not compile, there is no binary: each
// variant is built by itself then, and the one at fault is told.
func (p *proof) buildOnce(ctx context.Context) error {
	v, err := p.withAll(p.exercises, p.variantsOf)
	if err != nil {
		return err
	}
	t, err := v.finished(p.names)
	if err != nil {
		return err
	}
	var faults string
	if p.binary, faults, err = p.compile(ctx, t); faults != "" {
		p.printer.Note("%s: the wrong answers don't build in one go, which takes longer: %s", p.chapter.Name,
			gorun.FirstLine(faults, "./", p.chapter.Name, "..", "/"))
	}
	return err
}

// compile builds the tests of a version of the chapter, or returns the
// compiler's words.
func (p *proof) compile(ctx context.Context, t course.Tree, flags ...string) (*gorun.Binary, string, error) {
	o, err := p.overlay(t)
	if err != nil {
		return nil, "", err
	}
	tool := exec.CommandContext(ctx, "go", "tool", "-n", "test2json")
	tool.Dir = p.runner.Course.Root
	path, err := tool.Output()
	if err != nil {
		return nil, "", course.GoFailed(err)
	}
	built := gorun.Program(p.dir.Folder() + ".test")
	args := slices.Concat([]string{"test", "-c", "-vet=off", "-overlay=" + string(o), "-o=" + built}, flags,
		[]string{"./" + p.chapter.Name})
	build := exec.CommandContext(ctx, "go", args...)
	build.Dir = p.runner.Course.Root
	if out, err := build.CombinedOutput(); err != nil {
		return nil, string(out), ctx.Err()
	}
	return &gorun.Binary{Path: built, Test2json: strings.TrimSpace(string(path))}, "", nil
}

// version is the reference with a choice in place of some declarations. The texts
// to choose from are in files of their own.
type version struct {
	tree  course.Tree
	edits map[string][]course.Edit // of the reference's files
	files map[string]string        // which variant is in a file
}

// withAll makes a version with the variants of some declarations.
func (p *proof) withAll(places []mark.Exercise, variants func(mark.Exercise) []variant) (*version, error) {
	v := &version{maps.Clone(p.chapter.Reference), map[string][]course.Edit{}, map[string]string{}}
	for _, e := range places {
		all := variants(e)
		names := make([]string, len(all))
		for i, one := range all {
			names[i] = "workbook" + strconv.Itoa(len(v.files))
			file, text, err := p.fileOf(e, one, names[i])
			if err != nil {
				return nil, fmt.Errorf("%s: %w", e, err)
			}
			v.tree[file], v.files[file] = text, one.name
		}
		chosen, err := choice(e, all, names)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e, err)
		}
		v.edit(e, chosen)
	}
	return v, nil
}

// edit puts a text in place of a declaration.
func (v *version) edit(e mark.Exercise, text string) {
	v.edits[e.File] = append(v.edits[e.File], course.Edit{At: course.Span{Start: e.Start, End: e.End()}, Text: text})
}

// finished carries out the edits, and gives each package the variable that says
// which variant counts.
func (v *version) finished(names course.PackageNames) (course.Tree, error) {
	for file, list := range v.edits {
		name := "workbook_variant.go"
		if strings.HasSuffix(file, "_test.go") { // perhaps a package of its own
			name = "workbook_variant_" + packageOf(v.tree[file]) + "_test.go"
		}
		v.tree[name] = "package " + packageOf(v.tree[file]) + "\n\nimport \"os\"\n\nvar " + variantOf(file) +
			" = os.Getenv(" + strconv.Quote(gorun.VariantVariable) + ")\n"
		text, err := course.FixImports(course.Splice(v.tree[file], list), nil, names)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		v.tree[file] = text
	}
	return v.tree, nil
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
	whole := p.chapter.Reference[e.File]
	renamed := course.Splice(v.text, []course.Edit{{At: d.span(d.name), Text: name}})
	text, err = course.FixImports("package "+packageOf(whole)+"\n\n"+renamed+"\n",
		slices.Concat(v.imports, course.ImportsOf(whole)), p.names)
	return file, text, err
}

func packageOf(text string) string {
	file, err := parser.ParseFile(token.NewFileSet(), "", text, parser.PackageClauseOnly)
	if err != nil {
		return ""
	}
	return file.Name.Name
}

// withDiff puts the mistake below the last problem of a wrong answer.
func (p *proof) withDiff(problems []string, w course.WrongAnswer) []string {
	e, _ := course.Find(p.exercises, w.ID)
	if change := w.Diff(e); len(problems) > 0 && change != "" {
		problems[len(problems)-1] += "\n" + strings.TrimRight(term.Indent(change), "\n")
	}
	return problems
}
