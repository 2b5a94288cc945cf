package main

import (
	"fmt"
	"slices"
	"strings"

	"example.com/authbook/internal/text"
	"example.com/authbook/internal/workbook/gorun"
	"example.com/authbook/internal/workbook/term"
)

// printMatrices shows of each table that was checked which of its rows fail on
// which impostor: a row without a cross is idle, one with all of them tells little
// when it is red in a year.
func printMatrices(ui *term.UI, r gorun.Report) {
	for _, v := range r.Verdicts {
		if impostors := v.Impostors(); len(impostors) > 0 {
			if _, blind := gorun.Blind(v); blind {
				impostors = nameless(impostors)
			}
			printMatrix(ui, v.Exercise.String(), impostors)
		}
	}
}

// nameless hides who is left.
func nameless(impostors []gorun.Row) []gorun.Row {
	for i := range impostors {
		if len(impostors[i].Caught) == 0 {
			impostors[i].Name = "/unmasks/" + text.T("the last impostor")
		}
	}
	return impostors
}

func printMatrix(ui *term.UI, exercise string, impostors []gorun.Row) {
	var rows []string // that fail on one of them, in the order of the table
	var head strings.Builder
	for i, impostor := range impostors {
		fmt.Fprintf(&head, "%3d", i+1)
		for _, row := range impostor.Caught {
			if !slices.Contains(rows, row) {
				rows = append(rows, row)
			}
		}
	}
	width := max(ui.Width-2-head.Len(), 20)
	ui.Say("")
	ui.Say("%s%s", term.Pad(text.T("%s, rows and impostors", exercise), width+2), head.String())
	for _, row := range rows {
		ui.Say("  %s%s", term.Pad(term.Cut(row, width-1), width), crosses(row, impostors))
	}
	for i, impostor := range impostors {
		name, _ := gorun.ImpostorIn(impostor.Name)
		if len(impostor.Caught) == 0 {
			name = text.T("%s   gets through", name)
		}
		ui.Say("  %2d %s", i+1, name)
	}
	printGiants(ui, rows, impostors)
}

func crosses(row string, impostors []gorun.Row) string {
	var out strings.Builder
	for _, impostor := range impostors {
		sign := "  ."
		if slices.Contains(impostor.Caught, row) {
			sign = "  x"
		}
		out.WriteString(sign)
	}
	return out.String()
}

// printGiants asks about a row that unmasks all of them.
func printGiants(ui *term.UI, rows []string, impostors []gorun.Row) {
	for _, row := range rows {
		if len(impostors) > 1 && !strings.Contains(crosses(row, impostors), ".") {
			ui.Prose("note", text.T("%q unmasks all of them. When it is red in a year, what will it tell you?", row))
		}
	}
}
