package main

import (
	"fmt"
	"io"
	"strings"
)

// none is the goal of what is measured for its own sake.
const none = "none"

// row is one line of the result.
type row struct {
	what, goal, measured string
	met                  bool
	skipped              bool // there was nothing to measure on
}

func (r row) verdict() string {
	switch {
	case r.skipped:
		return "not measured"
	case r.goal == none:
		return "–"
	case r.met:
		return "met"
	default:
		return "**missed**"
	}
}

// printTable writes the rows as a table in Markdown and returns how many goals
// were missed.
func printTable(w io.Writer, rows []row) (missed int) {
	fmt.Fprintln(w, "| what | goal | measured | verdict |")
	fmt.Fprintln(w, "|---|---|---|---|")
	for _, r := range rows {
		fmt.Fprintf(w, "| %s |\n", strings.Join([]string{r.what, r.goal, r.measured, r.verdict()}, " | "))
		if !r.met && !r.skipped {
			missed++
		}
	}
	return missed
}
