package proof

import (
	"context"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"

	"example.com/authbook/internal/mark"
	"example.com/authbook/internal/workbook/course"
)

// buildMutants builds the tests with all mutants in them. It returns the mutants
// that compile, and the names of the limits that Go needs as constants: those
// are built one by one.
func (h *hunt) buildMutants(ctx context.Context, all []mutant) ([]mutant, map[string]bool, error) {
	stays := map[string]bool{}
	for {
		t, files, err := h.withMutants(all, stays)
		if err != nil {
			return nil, nil, err
		}
		var faults string
		if h.binary, faults, err = h.compile(ctx, t, "-gcflags=-e"); faults == "" {
			return all, stays, err
		}
		wrong, constants := blamed(faults, files, all)
		if len(wrong)+len(constants) == 0 {
			return nil, nil, fmt.Errorf("%s: the mutants don't build: %s", h.chapter.Name, faults)
		}
		maps.Copy(stays, constants)
		all = slices.DeleteFunc(all, func(m mutant) bool { return wrong[m.name] })
	}
}

// fault is a line of the compiler: a file and what is wrong there.
var fault = regexp.MustCompile(`(?m)^([^\s:]+\.go):\d+:\d+: (.*)$`)

// blamed finds the mutants that do not compile, and the limits that can't be
// variables.
func blamed(faults string, files map[string]string, all []mutant) (wrong, constants map[string]bool) {
	wrong, constants = map[string]bool{}, map[string]bool{}
	for _, m := range fault.FindAllStringSubmatch(faults, -1) {
		if name := files[path.Base(m[1])]; name != "" {
			wrong[name] = true
		}
	}
	if len(wrong) > 0 { // what else there is may come from these
		return wrong, constants
	}
	for _, m := range fault.FindAllStringSubmatch(faults, -1) {
		for _, word := range regexp.MustCompile(`\w+`).FindAllString(m[2], -1) {
			if slices.ContainsFunc(all, func(m mutant) bool { return m.limit != "" && m.limit == word }) {
				constants[word] = true
			}
		}
	}
	return wrong, constants
}

// withMutants is the reference with a choice in place of each declaration that
// has mutants. files names the mutant in each file.
func (h *hunt) withMutants(all []mutant, stays map[string]bool) (t course.Tree, files map[string]string, err error) {
	var places, constants []mark.Exercise
	variants := map[string][]variant{}
	for _, m := range all {
		key := fmt.Sprint(m.place.File, m.place.Start)
		if variants[key] == nil {
			variants[key] = []variant{{text: m.place.Text}}
			if m.limit != "" {
				constants = append(constants, m.place)
			} else {
				places = append(places, m.place)
			}
		}
		variants[key] = append(variants[key], variant{name: m.name, text: m.text})
	}
	v, err := h.withAll(places, func(e mark.Exercise) []variant { return variants[fmt.Sprint(e.File, e.Start)] })
	if err != nil {
		return nil, nil, err
	}
	for i, d := range constants {
		whole := h.chapter.Reference[d.File]
		left, variables := asVariables(d, all, stays)
		v.edit(d, left)
		text, err := course.FixImports("package "+packageOf(whole)+"\n\n"+variables, course.ImportsOf(whole), h.names)
		if err != nil {
			return nil, nil, err
		}
		v.tree[fmt.Sprintf("workbook_limits%d.go", i)] = text
		v.tree["workbook_pick.go"] = "package " + packageOf(whole) + "\n" + pick
	}
	t, err = v.finished(h.names)
	return t, v.files, err
}
