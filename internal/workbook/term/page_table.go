package term

import (
	"slices"
	"strings"
)

// narrowest is how narrow a column of a table gets before its words break.
const narrowest = 8

// flushTable prints a table in columns. Where it is too wide, the widest column
// gets narrower, and its cells take several lines.
func (p *page) flushTable() {
	if len(p.table) == 0 {
		return
	}
	rows := rowsOf(p.table)
	p.table = nil
	widths := widthsOf(rows, p.ui.Width)
	for i, row := range rows {
		for _, line := range layOut(row, widths) {
			if i == 0 {
				line = p.ui.Paint(Bold, line)
			}
			p.say(line)
		}
	}
}

// rowsOf returns the cells of a table.
func rowsOf(lines []string) [][]string {
	var rows [][]string
	for _, line := range lines {
		if !tableRule.MatchString(line) {
			rows = append(rows, cellsOf(line))
		}
	}
	return rows
}

// cellsOf splits a row. A bar behind a backslash belongs to the text.
func cellsOf(line string) []string {
	const bar = "\x00"
	line = strings.Trim(strings.ReplaceAll(line, `\|`, bar), "|")
	var cells []string
	for cell := range strings.SplitSeq(line, "|") {
		cells = append(cells, plain(strings.ReplaceAll(strings.TrimSpace(cell), bar, "|")))
	}
	return cells
}

// widest is how wide each column would like to be.
func widest(rows [][]string) []int {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], ColumnsOf(cell))
		}
	}
	return widths
}

// widthsOf is how wide each column is, with two spaces between, so that a line fits.
func widthsOf(rows [][]string, width int) []int {
	widths := widest(rows)
	for {
		total := 2 * (len(widths) - 1)
		for _, w := range widths {
			total += w
		}
		wide := slices.Index(widths, slices.Max(widths))
		if total <= width || widths[wide] <= narrowest {
			return widths
		}
		widths[wide]--
	}
}

// layOut returns the lines of one row.
func layOut(row []string, widths []int) []string {
	cells := make([][]string, len(row))
	height := 0
	for i, cell := range row {
		cells[i] = WrapLine(cell, widths[i])
		height = max(height, len(cells[i]))
	}
	lines := make([]string, height)
	for n := range lines {
		for i, cell := range cells {
			lines[n] += Pad(strings.Join(cell[min(n, len(cell)):min(n+1, len(cell))], ""), widths[i]) + "  "
		}
		lines[n] = strings.TrimRight(lines[n], " ")
	}
	return lines
}
