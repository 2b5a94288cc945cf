package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// draw writes the pictures of a page's tables into the folder pictures beside it. The page
// may be docs/performance.md, docs/scale.md, or what an earlier run has printed.
func draw(page string) error {
	text, err := os.ReadFile(page)
	if err != nil {
		return err
	}
	dir := filepath.Join(filepath.Dir(page), "pictures")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, c := range pictures(string(text)) {
		if len(c.bars) == 0 {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(c.svg()), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// The cells that are drawn.
var (
	goalCell  = regexp.MustCompile(`^([≥≤] ([\d.]+)) (?:×|of) ([^,]*)`)
	ratioCell = regexp.MustCompile(`^([\d.]+) ×`)
	waitCell  = regexp.MustCompile(`(idle: |without them: |told 503 \+ Retry-After, )?p50 [\d.]+ ms, p99 ([\d.]+) ms`)
	rowsCell  = regexp.MustCompile(`^[\d,]+ rows$`)
	timeCell  = regexp.MustCompile(`^([\d.]+) (µs|ms)$`)
)

// pictures reads the tables. All times are in milliseconds.
func pictures(page string) map[string]chart {
	ratios := chart{title: "Measured beside a peer in the same run; the line is the goal", unit: " ×"}
	waits := chart{title: "99 of 100 requests took at most", log: true, unit: " ms"}
	growth := chart{title: "One call, as the tables grow", log: true, unit: " ms"}
	costs := chart{title: "CPU of one request, with so many servers", log: true, unit: " ms"}
	var head []string
	for line := range strings.Lines(page) {
		cells := cellsOf(line)
		if len(cells) < 3 {
			head = nil
			continue
		}
		if head == nil {
			head = cells
		}
		ratios.bars = append(ratios.bars, ratioOf(cells)...)
		waits.bars = append(waits.bars, waitsOf(cells)...)
		growth.bars = append(growth.bars, growthOf(head, cells)...)
		costs.bars = append(costs.bars, costsOf(head, cells)...)
	}
	return map[string]chart{"ratios.svg": ratios, "flood.svg": waits, "growth.svg": growth, "costs.svg": costs}
}

// cellsOf returns the cells of a line of a table; nil for another line.
func cellsOf(line string) (cells []string) {
	row, isRow := strings.CutPrefix(strings.TrimSpace(line), "|")
	if !isRow {
		return nil
	}
	for cell := range strings.SplitSeq(strings.TrimSuffix(row, "|"), "|") {
		cells = append(cells, strings.TrimSpace(cell))
	}
	return cells
}

// ratioOf reads "what | ≥ 0.36 × the peer | 0.35 × (…)".
func ratioOf(cells []string) []bar {
	goal, measured := goalCell.FindStringSubmatch(cells[1]), ratioCell.FindStringSubmatch(cells[2])
	if goal == nil || measured == nil {
		return nil
	}
	label, text := cells[0]+", beside "+goal[3], measured[1]+" ("+goal[1]+")"
	return []bar{{label, number(measured[1]), number(goal[2]), text}}
}

// waitsOf reads "what, p99 | goal | p50 1.8 ms, p99 29.4 ms (without them: p50 1.9 ms, p99 39.0 ms)".
func waitsOf(cells []string) (bars []bar) {
	names := map[string]string{
		"": strings.TrimSuffix(cells[0], ", p99"), "idle: ": "the same, while nothing else happens",
		"without them: ": "the same, without them", "told 503 + Retry-After, ": "of these, who is told to come back later",
	}
	for _, m := range waitCell.FindAllStringSubmatch(cells[2], -1) {
		bars = append(bars, bar{label: names[m[1]], value: number(m[2]), text: m[2] + " ms"})
	}
	return bars
}

// growthOf reads "call | 9 µs | 17 µs" below "call | 1,000 rows | 100,000 rows".
func growthOf(head, cells []string) (bars []bar) {
	for i, cell := range cells {
		if ms, ok := timeOf(cell); ok && i < len(head) && rowsCell.MatchString(head[i]) {
			bars = append(bars, bar{label: cells[0] + ": " + head[i], value: ms, text: cell})
		}
	}
	return bars
}

// costsOf reads "refresh | 4 | 3,896 | 249 µs | 121 µs" below
// "request | servers | requests a second | CPU of a server, each | CPU of PostgreSQL, each".
func costsOf(head, cells []string) (bars []bar) {
	if head[1] != "servers" {
		return nil
	}
	for i, cell := range cells {
		if ms, ok := timeOf(cell); ok {
			label := cells[0] + ", " + cells[1] + ": " + strings.TrimSuffix(head[i], ", each")
			bars = append(bars, bar{label: label, value: ms, text: cell})
		}
	}
	return bars
}

// timeOf reads "9 µs" in milliseconds, and reports whether it is one.
func timeOf(cell string) (ms float64, ok bool) {
	m := timeCell.FindStringSubmatch(cell)
	if m == nil {
		return 0, false
	}
	ms = number(m[1])
	if m[2] == "µs" {
		ms /= 1000
	}
	return ms, true
}

// number reads what a pattern has found.
func number(text string) float64 {
	v, _ := strconv.ParseFloat(text, 64) // digits and points
	return v
}
