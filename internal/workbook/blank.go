package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// edit replaces a range of a file.
type edit struct {
	at   span
	text string
}

// splice carries out edits, which may be in any order but must not overlap.
func splice(text string, edits []edit) string {
	slices.SortFunc(edits, func(a, b edit) int { return b.at.start - a.at.start })
	for _, e := range edits {
		text = text[:e.at.start] + e.text + text[e.at.end:]
	}
	return text
}

// filler makes the text that fills an exercise's hole. It gets the imports that
// the exercise uses, and those that the file still has when all is filled.
type filler func(e exercise, imports, there []importSpec) string

// todo is what a learner finds in an exercise that is not written yet. It says
// which imports are there: to write one of them again would not compile.
func todo(e exercise, imports, there []importSpec) string {
	var lines []string
	if e.table {
		lines = append(lines, fmt.Sprintf("// TODO %s: write the rows.", e))
	}
	if len(imports) > 0 {
		var texts []string
		for _, s := range imports {
			text := s.String()
			if slices.Contains(there, s) {
				text += " (is there)"
			}
			texts = append(texts, text)
		}
		lines = append(lines, "// Imports it may need: "+strings.Join(texts, ", "))
	}
	if !e.table {
		lines = append(lines, fmt.Sprintf("panic(%q)", "TODO "+e.String()))
	}
	return "{\n\t" + strings.Join(lines, "\n\t") + "\n}"
}

// zero is the shortest body that compiles: prove shows that no test is content
// with it.
func zero(e exercise, _, _ []importSpec) string { return e.zero }

// fill returns a copy of t with the holes of the chosen exercises filled anew.
func (t tree) fill(choose func(exercise) bool, with filler, names packageNames) (tree, error) {
	all, err := t.exercises()
	if err != nil {
		return nil, err
	}
	out := maps.Clone(t)
	for name, text := range t {
		mine := slices.DeleteFunc(slices.Clone(all), func(e exercise) bool { return e.file != name || !choose(e) })
		if len(mine) == 0 {
			continue
		}
		if out[name], err = fillFile(text, mine, with, names); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return out, nil
}

// fillFile fills the holes of a file's exercises. Only the filled file shows
// which imports it still has, so it is filled twice.
func fillFile(text string, exercises []exercise, with filler, names packageNames) (filled string, err error) {
	var there []importSpec
	for range 2 {
		var edits []edit
		for _, e := range exercises {
			edits = append(edits, edit{e.hole, with(e, importsFor(e, text, names), there)})
		}
		if filled, err = mend(splice(text, edits), nil, names); err != nil {
			return "", err
		}
		there = importsOf(filled)
	}
	return filled, nil
}

// importsFor returns the file's imports that an exercise's text uses, by path.
func importsFor(e exercise, text string, names packageNames) []importSpec {
	var needed []importSpec
	for _, s := range importsOf(text) {
		if slices.Contains(e.imports, names.name(s)) {
			needed = append(needed, s)
		}
	}
	slices.SortFunc(needed, func(a, b importSpec) int { return strings.Compare(a.path, b.path) })
	return needed
}

// put returns a copy of t in which the exercise in has the text of from, which
// brings its imports along.
func (t tree) put(in exercise, text string, from []importSpec, names packageNames) (tree, error) {
	out := maps.Clone(t)
	mended, err := mend(splice(t[in.file], []edit{{span{in.start, in.end()}, text}}), from, names)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", in.file, err)
	}
	out[in.file] = mended
	return out, nil
}

// take returns a copy of t with the chosen exercises as they are in other.
// Exercises that other lacks stay.
func (t tree) take(other tree, choose func(exercise) bool, names packageNames) (tree, error) {
	theirs, err := other.exercises()
	if err != nil {
		return nil, err
	}
	for _, e := range theirs {
		ours, err := t.exercises() // anew each time: positions have moved
		if err != nil {
			return nil, err
		}
		place, ok := find(ours, e.id)
		if !ok || !choose(place) || place.text == e.text {
			continue
		}
		if t, err = t.put(place, e.text, importsOf(other[e.file]), names); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func everyone(exercise) bool { return true }

func only(want id) func(exercise) bool {
	return func(e exercise) bool { return e.id == want }
}
