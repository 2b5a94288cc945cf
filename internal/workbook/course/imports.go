package course

import (
	"bytes"
	"context"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"maps"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/term"
	"golang.org/x/tools/go/ast/astutil"
)

// ImportSpec is one import of a file. as is "" unless the import is renamed.
type ImportSpec struct{ as, Path string }

// String is the spec as it stands in an import declaration.
func (s ImportSpec) String() string {
	return strings.TrimSpace(s.as + " " + strconv.Quote(s.Path))
}

// PackageNames knows the names of packages whose import path does not tell:
// path to name.
type PackageNames map[string]string

// Name is the word that a file says for an import.
func (n PackageNames) Name(s ImportSpec) string {
	if s.as != "" {
		return s.as
	}
	if name, ok := n[s.Path]; ok {
		return name
	}
	return guessName(s.Path)
}

// versionWord is the end of an import path that is a version.
var versionWord = regexp.MustCompile(`^v\d+$`)

// guessName is the last word of an import path that is not a version. It is
// right for the whole standard library.
func guessName(path string) string {
	words := strings.Split(path, "/")
	last := words[len(words)-1]
	if len(words) > 1 && versionWord.MatchString(last) {
		last = words[len(words)-2]
	}
	return last
}

// NamesOf asks Go for the names of the packages that a chapter imports from
// outside the standard library, where the path may end in anything.
func NamesOf(ctx context.Context, root string, t Tree) (PackageNames, error) {
	var paths []string
	for _, text := range t {
		for _, s := range ImportsOf(text) {
			if first, _, _ := strings.Cut(s.Path, "/"); strings.Contains(first, ".") {
				paths = append(paths, s.Path)
			}
		}
	}
	if len(paths) == 0 {
		return nil, nil
	}
	slices.Sort(paths)
	args := slices.Concat([]string{"list", "-e", "-find", "-f", "{{.ImportPath}} {{.Name}}"}, slices.Compact(paths))
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		return nil, GoFailed(err)
	}
	names := PackageNames{}
	for line := range strings.Lines(string(out)) {
		if f := strings.Fields(line); len(f) == 2 { // a package that is not found has no name
			names[f[0]] = f[1]
		}
	}
	return names, nil
}

// GoFailed adds what the go command said to its exit status.
func GoFailed(err error) error {
	if exit, ok := err.(*exec.ExitError); ok && len(exit.Stderr) > 0 {
		return term.Refuse(text.T("the go command failed"), strings.TrimSpace(string(exit.Stderr)))
	}
	return err
}

// ImportsOf returns the imports of a file, none if it can't be parsed.
func ImportsOf(text string) []ImportSpec {
	file, err := parser.ParseFile(token.NewFileSet(), "", text, parser.ImportsOnly)
	if err != nil {
		return nil
	}
	return specs(file)
}

func specs(file *ast.File) []ImportSpec {
	var all []ImportSpec
	for _, s := range file.Imports {
		path, err := strconv.Unquote(s.Path.Value)
		if err != nil {
			continue
		}
		spec := ImportSpec{Path: path}
		if s.Name != nil {
			spec.as = s.Name.Name
		}
		all = append(all, spec)
	}
	return all
}

// FixImports makes the imports of a file fit its code: those that no code uses go,
// and of the offered ones those come that the code names and lacks.
func FixImports(text string, offered []ImportSpec, names PackageNames) (string, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", text, parser.ParseComments)
	if err != nil {
		return "", err
	}
	used := packagesUsed(file)
	has := map[string]bool{}
	for _, s := range specs(file) {
		switch name := names.Name(s); {
		case name == "_" || name == "." || used[name]:
			has[name] = true
		default:
			astutil.DeleteNamedImport(fset, file, s.as, s.Path)
		}
	}
	var b bytes.Buffer
	if err := format.Node(&b, fset, file); err != nil {
		return "", err
	}
	var missing []ImportSpec
	for _, s := range offered {
		if name := names.Name(s); used[name] && !has[name] {
			has[name] = true
			missing = append(missing, s)
		}
	}
	return addImports(b.String(), missing)
}

// addImports writes the import declaration of a file anew, in the order of the
// whole workbook: the standard library, an empty line, the rest.
func addImports(text string, more []ImportSpec) (string, error) {
	if len(more) == 0 {
		return text, nil
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "", text, parser.ParseComments|parser.ImportsOnly)
	if err != nil {
		return "", err
	}
	lines := map[string]string{} // path to what stands in the declaration
	for _, s := range more {
		lines[s.Path] = s.String()
	}
	offset := func(p token.Pos) int { return fset.Position(p).Offset }
	at := Span{offset(file.Name.End()), offset(file.Name.End())}
	for _, s := range file.Imports {
		start, end := s.Pos(), s.End()
		if s.Doc != nil {
			start = s.Doc.Pos()
		}
		if s.Comment != nil {
			end = s.Comment.End()
		}
		lines[strings.Trim(s.Path.Value, "`\"")] = text[offset(start):offset(end)]
	}
	for _, decl := range file.Decls {
		at.End = max(at.End, offset(decl.End()))
	}
	formatted, err := format.Source([]byte(Splice(text, []Edit{{at, "\n\n" + importDecl(lines) + "\n"}})))
	return string(formatted), err
}

// importDecl is the declaration of some imports: path to text.
func importDecl(lines map[string]string) string {
	var standard, others []string
	for _, path := range slices.Sorted(maps.Keys(lines)) {
		if first, _, _ := strings.Cut(path, "/"); strings.Contains(first, ".") {
			others = append(others, lines[path])
		} else {
			standard = append(standard, lines[path])
		}
	}
	if len(lines) == 1 {
		return "import " + strings.Join(append(standard, others...), "")
	}
	groups := strings.Join(standard, "\n") + "\n\n" + strings.Join(others, "\n")
	return "import (\n" + strings.TrimSpace(groups) + "\n)"
}

// packagesUsed returns the names X of the selectors X.y whose X no declaration
// of the file explains. A local variable that shadows a package is explained.
func packagesUsed(file *ast.File) map[string]bool {
	unresolved := map[*ast.Ident]bool{}
	for _, ident := range file.Unresolved {
		unresolved[ident] = true
	}
	used := map[string]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if s, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := s.X.(*ast.Ident); ok && unresolved[x] {
				used[x.Name] = true
			}
		}
		return true
	})
	return used
}
