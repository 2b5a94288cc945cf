package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"example.com/authbook/internal/mark"
)

// span is a range of bytes in a file.
type span struct{ start, end int }

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
type filler func(e mark.Exercise, imports, there []importSpec) string

// todo is what a learner finds in an exercise that is not written yet. It says
// which imports are there: to write one of them again would not compile.
func todo(e mark.Exercise, imports, there []importSpec) string {
	var lines []string
	if e.Table {
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
	if !e.Table {
		lines = append(lines, fmt.Sprintf("panic(%q)", "TODO "+e.String()))
	}
	return "{\n\t" + strings.Join(lines, "\n\t") + "\n}"
}

// zero is the shortest body that compiles: prove shows that no test is content
// with it.
func zero(e mark.Exercise, _, _ []importSpec) string { return zeroBody(e) }

// fill returns a copy of t with the holes of the chosen exercises filled anew.
func (t tree) fill(choose func(mark.Exercise) bool, with filler, names packageNames) (tree, error) {
	all, err := t.exercises()
	if err != nil {
		return nil, err
	}
	out := maps.Clone(t)
	for name, text := range t {
		mine := slices.DeleteFunc(slices.Clone(all), func(e mark.Exercise) bool { return e.File != name || !choose(e) })
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
func fillFile(text string, exercises []mark.Exercise, with filler, names packageNames) (filled string, err error) {
	var there []importSpec
	for range 2 {
		var edits []edit
		for _, e := range exercises {
			edits = append(edits, edit{span{e.HoleStart, e.HoleEnd}, with(e, importsFor(e, text, names), there)})
		}
		if filled, err = mend(splice(text, edits), nil, names); err != nil {
			return "", err
		}
		there = importsOf(filled)
	}
	return filled, nil
}

// importsFor returns the file's imports that an exercise's text uses, by path.
func importsFor(e mark.Exercise, text string, names packageNames) []importSpec {
	used := roots(e)
	var needed []importSpec
	for _, s := range importsOf(text) {
		if slices.Contains(used, names.name(s)) {
			needed = append(needed, s)
		}
	}
	slices.SortFunc(needed, func(a, b importSpec) int { return strings.Compare(a.path, b.path) })
	return needed
}

// put returns a copy of t in which the exercise in has the text of from, which
// brings its imports along.
func (t tree) put(in mark.Exercise, text string, from []importSpec, names packageNames) (tree, error) {
	out := maps.Clone(t)
	mended, err := mend(splice(t[in.File], []edit{{span{in.Start, in.End()}, text}}), from, names)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", in.File, err)
	}
	out[in.File] = mended
	return out, nil
}

// take returns a copy of t with the chosen exercises as they are in other.
// Exercises that other lacks stay.
func (t tree) take(other tree, choose func(mark.Exercise) bool, names packageNames) (tree, error) {
	theirs, err := other.exercises()
	if err != nil {
		return nil, err
	}
	for _, e := range theirs {
		ours, err := t.exercises() // anew each time: positions have moved
		if err != nil {
			return nil, err
		}
		place, ok := find(ours, e.ID)
		if !ok || !choose(place) || place.Text == e.Text {
			continue
		}
		if t, err = t.put(place, e.Text, importsOf(other[e.File]), names); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func everyone(mark.Exercise) bool { return true }

func only(want mark.ID) func(mark.Exercise) bool {
	return func(e mark.Exercise) bool { return e.ID == want }
}
