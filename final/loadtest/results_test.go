package main

import (
	"errors"
	"fmt"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// The goals themselves are at stake here: each row is met or missed by little.
func TestResults_rows(t *testing.T) {
	cores := float64(runtime.NumCPU())
	times := func(each time.Duration) []time.Duration { return []time.Duration{each, each, each} }
	loads := func(ratio float64) throughput {
		return throughput{[]float64{100}, []logInLoad{{8, []float64{100 * ratio}, []float64{ratio}}}}
	}
	contestants := func(ratio float64) *race {
		return &race{contestants: []*contestant{
			{name: "bare net/http", rates: []float64{20_000}, cpu: []float64{20}},
			{name: "SQLite", goal: 0.36, ratios: []float64{ratio}, rates: []float64{20_000 * ratio}, cpu: []float64{50}},
			{name: "PostgreSQL", goal: 0.18, ratios: []float64{1}, rates: []float64{20_000}, cpu: []float64{60}},
		}}
	}
	limit, rss := int64(40+40*runtime.NumCPU())*megabyte, int64(75*runtime.NumCPU())*megabyte
	rows := []struct {
		name     string
		result   result
		place    int // of the row that is looked at
		measured string
		met      bool
	}{
		{"throughput, enough", loads(0.95), 0,
			fmt.Sprintf("0.95 × (95/s of 100/s; one hash %.1f ms)", 10*cores), true},
		{"throughput, too little", loads(0.94), 0,
			fmt.Sprintf("0.94 × (94/s of 100/s; one hash %.1f ms)", 10*cores), false},
		{"bystander, within 5 ms", bystander{times(time.Millisecond), times(5 * time.Millisecond), nil, nil}, 0,
			"p50 5.0 ms, p99 5.0 ms (idle: p50 1.0 ms, p99 1.0 ms)", true},
		{"bystander, within three times its idle",
			bystander{times(4 * time.Millisecond), times(12 * time.Millisecond), nil, nil}, 0,
			"p50 12.0 ms, p99 12.0 ms (idle: p50 4.0 ms, p99 4.0 ms)", true},
		{"bystander, over both", bystander{times(4 * time.Millisecond), times(13 * time.Millisecond), nil, nil}, 0,
			"p50 13.0 ms, p99 13.0 ms (idle: p50 4.0 ms, p99 4.0 ms)", false},
		{"log-ins meanwhile, enough", bystander{nil, nil, []float64{90}, []float64{100}}, 1,
			"0.90 × (90/s of 100/s)", true},
		{"log-ins meanwhile, too few", bystander{nil, nil, []float64{89}, []float64{100}}, 1,
			"0.89 × (89/s of 100/s)", false},
		{"overload, in time", overload{500, times(2 * time.Second), times(200 * time.Millisecond), nil}, 0,
			"3 done, p50 2000.0 ms, p99 2000.0 ms; 3 told 503 + Retry-After, p50 200.0 ms, p99 200.0 ms", true},
		{"overload, nobody served", overload{500, nil, times(time.Millisecond), nil}, 0,
			"0 done, p50 0.0 ms, p99 0.0 ms; 3 told 503 + Retry-After, p50 1.0 ms, p99 1.0 ms", false},
		{"overload, a slow refusal", overload{500, times(time.Second), times(201 * time.Millisecond), nil}, 0,
			"3 done, p50 1000.0 ms, p99 1000.0 ms; 3 told 503 + Retry-After, p50 201.0 ms, p99 201.0 ms", false},
		{"overload, another outcome", overload{500, times(time.Second), nil, map[string]int{"no answer": 1}}, 0,
			"3 done, p50 1000.0 ms, p99 1000.0 ms; 0 told 503 + Retry-After, p50 0.0 ms, p99 0.0 ms; " +
				"others: map[no answer:1]", false},
		{"timing, alike", timing{[]float64{0.011}, []float64{0.01}}, 0,
			"1.100 (11.0 ms ÷ 10.0 ms)", true},
		{"timing, an unknown name is quicker", timing{[]float64{0.0089}, []float64{0.01}}, 0,
			"0.890 (8.9 ms ÷ 10.0 ms)", false},
		{"fairness, enough", fairness{tries{100, 95}, tries{100, 20}}, 0,
			"95 % of 100 (without fairness: 20 % of 100)", true},
		{"fairness, too few", fairness{tries{100, 94}, tries{100, 20}}, 0,
			"94 % of 100 (without fairness: 20 % of 100)", false},
		{"start, quick", starts{[]float64{90}, []float64{60}}, 0, "60 ms (with a new database 90 ms)", true},
		{"start, slow", starts{[]float64{50}, []float64{61}}, 0, "61 ms (with a new database 50 ms)", false},
		{"memory, before the first hash", memory{fresh: 30 * megabyte}, 0, "30.0 MB", true},
		{"memory, too much", memory{fresh: 31 * megabyte}, 0, "31.0 MB", false},
		{"memory, all at once", memory{peak: limit, byCode: map[int]int{200: 100, 503: 9000, 500: 1, 0: 899}}, 2,
			fmt.Sprintf("%.1f MB (100 done, 9000 told 503, 900 without an answer)", float64(limit)/megabyte), true},
		{"memory, not measured", memory{missing: errors.New("no /proc")}, 0, "no /proc", false},
		{"hostile connections, others come in", siege{attack{name: "wait", connections: 9}, times(1e6), times(1e9), rss}, 0,
			fmt.Sprintf("p50 1000.0 ms, p99 1000.0 ms of 3 (without them: p50 1.0 ms, p99 1.0 ms); RSS at most %.1f MB",
				float64(rss)/megabyte), true},
		{"hostile connections, others wait too long", siege{attack{}, nil, times(1001e6), rss}, 0,
			fmt.Sprintf("p50 1001.0 ms, p99 1001.0 ms of 3 (without them: p50 0.0 ms, p99 0.0 ms); RSS at most %.1f MB",
				float64(rss)/megabyte), false},
		{"hostile connections, too much memory", siege{attack{}, nil, times(1e6), rss + 1}, 0,
			fmt.Sprintf("p50 1.0 ms, p99 1.0 ms of 3 (without them: p50 0.0 ms, p99 0.0 ms); RSS at most %.1f MB",
				float64(rss)/megabyte), false},
		{"reads, fast", contestants(0.36), 0,
			"0.36 × (7.2k/s of 20.0k/s; the server's CPU 50 µs of 20 µs per request)", true},
		{"reads, slow", contestants(0.35), 0,
			"0.35 × (7.0k/s of 20.0k/s; the server's CPU 50 µs of 20 µs per request)", false},
		{"reads, another goal", contestants(0.35), 1,
			"1.00 × (20.0k/s of 20.0k/s; the server's CPU 60 µs of 20 µs per request)", true},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got := row.result.rows()[row.place]
			assert.Equal(t, row.measured, got.measured)
			assert.Equal(t, row.met, got.met)
		})
	}
}

func TestOverload_add(t *testing.T) {
	o := overload{others: map[string]int{}}
	for _, one := range []outcome{
		{status: 200, took: 1}, {status: 503, retryAfter: "1", took: 2},
		{status: 503}, {status: 500}, {err: errors.New("gone")},
	} {
		o.add(one)
	}
	assert.Equal(t, []time.Duration{1}, o.done)
	assert.Equal(t, []time.Duration{2}, o.refused)
	assert.Equal(t, map[string]int{"503": 1, "500": 1, "no answer": 1}, o.others)
}

func TestRace_close(t *testing.T) {
	var order []string
	r := race{cleaners: []func(){
		func() { order = append(order, "database") },
		func() { order = append(order, "server") },
	}}
	r.close()
	assert.Equal(t, []string{"server", "database"}, order, "a database goes after the server on it")
}
