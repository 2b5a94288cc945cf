package main

import (
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"slices"
	"strings"
)

// printBuild shows what the compiler says, and the imports that it misses.
func (a *app) printBuild(r report) {
	a.ui.say("%s", a.ui.paint(red, r.chapter.name+" does not compile"))
	var lines []string
	for text := range strings.Lines(r.out.build) {
		if !strings.HasPrefix(text, "#") {
			lines = append(lines, strings.TrimPrefix(strings.TrimRight(text, "\n"), "./"))
		}
	}
	for _, text := range shorten(lines, 12) {
		for i, part := range a.ui.wrap(text, 2+4) {
			a.ui.say("%*s%s", 2+4*min(i, 1), "", part)
		}
	}
	for _, m := range missingImports(r.out.build) {
		for _, s := range a.offers(r.chapter, m) {
			a.ui.label("add", fmt.Sprintf("import %s   to %s/%s", s, r.chapter.name, m.file))
		}
	}
	a.ui.label("next", "go tool workbook check "+r.asked()+"   once the first line is right")
}

// missing is a name that the compiler does not know in a file.
type missing struct{ file, name string }

// missingImports returns the names that may be packages: undefined ones in
// lower case.
func missingImports(build string) []missing {
	var all []missing
	for _, m := range regexp.MustCompile(`(?m)([^/\\\s]+\.go):\d+:\d+: undefined: ([a-z]\w*)\s*$`).FindAllStringSubmatch(build, -1) {
		if found := (missing{m[1], m[2]}); !slices.Contains(all, found) {
			all = append(all, found)
		}
	}
	return all
}

// offers returns the imports that a name may mean: what the finished file
// imports under it, else what the finished chapter does, else what the
// standard library has. The first that knows it counts: crypto/rand and
// math/rand are not the same.
func (a *app) offers(ch *chapter, m missing) []importSpec {
	names, _ := namesOf(context.Background(), a.root, ch.reference) // a guess will do
	var chapter, standard []importSpec
	for _, text := range ch.reference {
		chapter = append(chapter, importsOf(text)...)
	}
	for _, source := range [][]importSpec{importsOf(ch.reference[m.file]), chapter} {
		if found := named(m.name, source, names); len(found) > 0 {
			return found
		}
	}
	for _, path := range standardLibrary(a.root) {
		standard = append(standard, importSpec{path: path})
	}
	return named(m.name, standard, nil)
}

// named returns those imports, once each, that a file would call by a name.
func named(name string, all []importSpec, names packageNames) []importSpec {
	var found []importSpec
	for _, s := range all {
		if names.name(s) == name && !slices.Contains(found, s) {
			found = append(found, s)
		}
	}
	slices.SortFunc(found, func(a, b importSpec) int { return strings.Compare(a.path, b.path) })
	return found
}

// standardLibrary lists the packages that anybody may import.
func standardLibrary(root string) []string {
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
