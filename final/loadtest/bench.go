package main

import (
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// benchmark is a Go benchmark that compares two things in one run and reports
// their ratio.
type benchmark struct {
	what, goal  string
	name        string // of the function
	folder      string
	least, most float64 // of the ratio
	allocations float64 // at most; 0: any number
}

var benchmarks = [...]benchmark{
	{
		what: "verify an access token, strict gate included",
		goal: "≤ 0.6 × golang-jwt's ParseWithClaims, ≤ 30 allocations",
		name: "BenchmarkVerifier_Verify", folder: "example.com/authbook/02-jwt-basics", most: 0.6, allocations: 30,
	},
	{
		what: "the hand-rolled verify of chapter 02", goal: "≤ 0.5 × golang-jwt's ParseWithClaims",
		name: "BenchmarkByHand_Verify", folder: "example.com/authbook/02-jwt-basics", most: 0.5,
	},
	{
		what: "sign-ups a second on SQLite, synchronous=FULL, hash excluded", goal: "≥ 0.8 × a bare insert loop",
		name: "BenchmarkSignUp", folder: "example.com/authbook/final", least: 0.8, most: 1e9,
	},
}

const benchTime = 3 * time.Second

// benches runs the Go benchmarks that have a goal.
func (b *testbed) benches(ctx context.Context) (rows []row, err error) {
	for _, bench := range benchmarks {
		out, err := bench.command(ctx, b.span(benchTime)).CombinedOutput()
		if err != nil {
			return nil, fmt.Errorf("%s: %w\n%s", bench.name, err, out)
		}
		r, err := bench.row(string(out))
		if err != nil {
			return nil, err
		}
		rows = append(rows, r)
	}
	return rows, nil
}

func (b benchmark) command(ctx context.Context, d time.Duration) *exec.Cmd {
	return exec.CommandContext(ctx,
		"go", "test", "-run=^$", "-bench=^"+b.name+"$", "-benchtime="+d.String(), b.folder)
}

// metric finds a number and its unit in the line of a benchmark.
var metric = regexp.MustCompile(`([0-9.e+]+) ([A-Za-z/-]+)`)

func (b benchmark) row(output string) (row, error) {
	for line := range strings.Lines(output) {
		if strings.HasPrefix(line, b.name) {
			return b.rowOf(line), nil
		}
	}
	return row{}, fmt.Errorf("%s printed no result: %s", b.name, output)
}

// rowOf judges the line of the benchmark.
func (b benchmark) rowOf(line string) row {
	values, texts := map[string]float64{}, []string{}
	for _, m := range metric.FindAllStringSubmatch(line, -1) {
		values[m[2]], _ = strconv.ParseFloat(m[1], 64)
		if m[2] != "ratio" {
			texts = append(texts, m[0])
		}
	}
	ratio, allocations := values["ratio"], values["allocs/token"]
	return row{
		what: b.what, goal: b.goal,
		measured: fmt.Sprintf("%.2f × (%s)", ratio, strings.Join(texts, ", ")),
		met:      ratio >= b.least && ratio <= b.most && (b.allocations == 0 || allocations <= b.allocations),
	}
}
