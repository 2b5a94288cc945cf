package main

import (
	"slices"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// printRows shows what the first failing row wrote, and the names of the
// others. Of a table it shows each impostor that the rows miss, with what it
// did; but a row that is wrong about the reference fails on impostors too,
// whatever their flaw, and then their names would only hide what to mend.
func printRows(ui *term.UI, failing []gorun.Row, table bool) {
	name := failing[0].Name
	if table && len(failing) == 1 && failing[0].Differs != "" {
		name = ui.T("the last impostor")
	}
	ui.Label("row", name+gorun.Flakiness(ui.Language, failing[0]))
	printOutput(ui, gorun.Brief(ui.Language, failing[0].Output), 12)
	test, _, _ := strings.Cut(failing[0].Name, "/")
	isImpostor := func(r gorun.Row) bool { return table && strings.HasPrefix(r.Name, test+"/unmasks/") }
	if isImpostor(failing[0]) { // the reference runs first
		var also []string
		for _, r := range failing[1:] {
			name := term.Pad(strings.TrimPrefix(r.Name, test+"/unmasks/"), 24)
			also = append(also, strings.TrimSpace(name+"   "+r.Did))
		}
		printList(ui, "also", also)
		return
	}
	own := slices.DeleteFunc(slices.Clone(failing), isImpostor)
	var also []string
	for _, r := range own[1:] {
		name := strings.TrimPrefix(r.Name, test+"/")
		if said := gorun.Spoken(ui.Language, gorun.Tidy(ui.Language, r.Output)); table && len(said) > 0 {
			name += "   " + said[0] // each row is wrong in its own way
		}
		also = append(also, name)
	}
	printNames(ui, "also", also)
	if len(own) < len(failing) {
		ui.Prose("note", ui.T("The impostors wait until your rows are right about the real one."))
	}
}

// printNames prints the names of rows, but not too many.
func printNames(ui *term.UI, label text.Key, names []string) {
	if len(names) > 4 {
		names = append(names[:3:3], ui.T("and %d more", len(names)-3))
	}
	printList(ui, label, names)
}

// printList prints names, each in a line.
func printList(ui *term.UI, label text.Key, names []string) {
	for _, name := range names {
		ui.Label(label, name)
		label = ""
	}
}

// printOthers tells of red tests that belong to no exercise.
func printOthers(ui *term.UI, r gorun.Report) {
	ui.Tell("The exercises are green. Tests that belong to none are not: they are about the chapter as a whole.")
	printRows(ui, r.Others, false)
	ui.Label("next", ui.T("go test -run '^%s$' ./%s   shows all of it", r.Others[0].Name, r.Chapter.Name))
}

// printOutput shows what a test wrote: at most so many lines, broken to fit,
// with the indentation that makes testify's columns.
func printOutput(ui *term.UI, lines []string, most int) {
	for _, text := range term.Shorten(ui.Language, lines, most) {
		words := strings.TrimLeft(text, " ")
		indent := strings.Repeat(" ", 9+len(text)-len(words))
		if 9+term.ColumnsOf(text) <= ui.Width {
			ui.Say("%s%s", indent, words)
			continue
		}
		for _, part := range term.WrapLine(words, max(ui.Width-len(indent), 30)) {
			ui.Say("%s%s", indent, part)
		}
	}
}
