package gorun

import (
	"context"
	"os/exec"
	"regexp"
	"slices"
	"strings"

	"example.com/authbook/internal/workbook/course"
)

// Missing is a name that the compiler does not know in a file.
type Missing struct{ File, Name string }

// undefined is what the compiler says of a name that it does not know.
var undefined = regexp.MustCompile(`(?m)([^/\\\s]+\.go):\d+:\d+: undefined: ([a-z]\w*)\s*$`)

// MissingImports returns the names that may be packages: undefined ones in
// lower case.
func MissingImports(build string) []Missing {
	var all []Missing
	for _, m := range undefined.FindAllStringSubmatch(build, -1) {
		if found := (Missing{m[1], m[2]}); !slices.Contains(all, found) {
			all = append(all, found)
		}
	}
	return all
}

// Offers returns the imports that a name may mean: what the finished file
// imports under it, else what the finished chapter does, else what the
// standard library has. The first that knows it counts: crypto/rand and
// math/rand are not the same.
func Offers(c *course.Course, ch *course.Chapter, m Missing) []course.ImportSpec {
	names, _ := course.NamesOf(context.Background(), c.Root, ch.Reference) // a guess will do
	var chapter, standard []course.ImportSpec
	for _, text := range ch.Reference {
		chapter = append(chapter, course.ImportsOf(text)...)
	}
	for _, source := range [][]course.ImportSpec{course.ImportsOf(ch.Reference[m.File]), chapter} {
		if found := named(m.Name, source, names); len(found) > 0 {
			return found
		}
	}
	for _, path := range StandardLibrary(c.Root) {
		standard = append(standard, course.ImportSpec{Path: path})
	}
	return named(m.Name, standard, nil)
}

// named returns those imports, once each, that a file would call by a name.
func named(name string, all []course.ImportSpec, names course.PackageNames) []course.ImportSpec {
	var found []course.ImportSpec
	for _, s := range all {
		if names.Name(s) == name && !slices.Contains(found, s) {
			found = append(found, s)
		}
	}
	slices.SortFunc(found, func(a, b course.ImportSpec) int { return strings.Compare(a.Path, b.Path) })
	return found
}

// StandardLibrary lists the packages that anybody may import.
func StandardLibrary(root string) []string {
	cmd := exec.Command("go", "list", "std")
	cmd.Dir = root
	out, _ := cmd.Output()
	var all []string
	for path := range strings.FieldsSeq(string(out)) {
		if !strings.Contains("/"+path+"/", "/internal/") && !strings.HasPrefix(path, "vendor/") {
			all = append(all, path)
		}
	}
	return all
}
