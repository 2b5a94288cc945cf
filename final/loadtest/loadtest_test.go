package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The run takes minutes: a slip must not start it.
func TestRun_arguments(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var printed strings.Builder
	_, err := run(ctx, []string{"--help"}, &printed)
	require.NoError(t, err)
	assert.Contains(t, printed.String(), "-only sections")
	for arg, want := range map[string]string{
		"bogus": `unknown argument "bogus"`, "-bogus": "-bogus", "-only=bogus": `no section "bogus"`,
	} {
		_, err = run(ctx, []string{arg}, io.Discard)
		require.ErrorContains(t, err, want)
	}
}

func TestWire(t *testing.T) {
	const ok = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX-Test: yes\r\n\r\nhello"
	rows := []struct {
		name  string
		parts []string // what arrives, piece by piece
		want  string   // status and body, or what the error says
	}{
		{"an answer in one piece", []string{ok}, "200 hello"},
		{"an answer byte for byte", strings.Split(ok, ""), "200 hello"},
		{"an answer without a body", []string{"HTTP/1.1 204 No Content\r\n\r\n"}, "204 "},
		{"a body whose length is unknown", []string{"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"},
			"without Content-Length"},
		{"a body that is too long", []string{"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"}, "longer than"},
		{"something else", []string{"SSH-2.0-OpenSSH\r\n\r\n"}, "not an HTTP answer"},
		{"half an answer", []string{ok[:40]}, io.EOF.Error()},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			client, server := net.Pipe()
			t.Cleanup(func() { client.Close() })
			go func() {
				defer server.Close()
				_, _ = server.Read(make([]byte, 1000))
				for _, part := range row.parts {
					_, _ = io.WriteString(server, part)
				}
			}()
			w := &wire{client, make([]byte, maxAnswer)}
			a, err := w.exchange(get("/me", "token"))
			if err != nil {
				assert.ErrorContains(t, err, row.want)
				return
			}
			assert.Equal(t, row.want, fmt.Sprintf("%d %s", a.status, a.body))
		})
	}
}

func TestPercentile(t *testing.T) {
	times := []time.Duration{5, 1, 4, 2, 3}
	for p, want := range map[float64]time.Duration{1: 1, 20: 1, 50: 3, 99: 5, 100: 5} {
		assert.Equal(t, want, percentile(times, p), "p%v", p)
	}
	assert.Zero(t, percentile(nil, 99))
	assert.InDelta(t, 2.5, median([]float64{4, 1, 2, 3}), 0)
	assert.InDelta(t, 2, median([]float64{3, 1, 2}), 0)
}

func TestBenchmark_row(t *testing.T) {
	const line = "BenchmarkX-2   \t 501\t 15.00 allocs/token\t 30672 ns/ParseWithClaims\t 0.3570 ratio\n"
	rows := []struct {
		name  string
		bench benchmark
		met   bool
	}{
		{"a ratio below the most", benchmark{most: 0.4}, true},
		{"a ratio above it", benchmark{most: 0.3}, false},
		{"a ratio below the least", benchmark{least: 0.4, most: 1}, false},
		{"few allocations", benchmark{most: 1, allocations: 15}, true},
		{"too many", benchmark{most: 1, allocations: 14}, false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			row.bench.name = "BenchmarkX"
			r, err := row.bench.row("goos: linux\n" + line)
			require.NoError(t, err)
			assert.Equal(t, row.met, r.met)
			assert.Contains(t, r.measured, "0.36 ×")
		})
	}
	_, err := benchmark{name: "BenchmarkY"}.row(line)
	assert.Error(t, err, "a benchmark that did not run has not met its goal")
}

func TestPrintTable(t *testing.T) {
	var out strings.Builder
	missed := printTable(&out, []row{{what: "a", met: true}, {what: "b"}, {what: "c", skipped: true}})
	assert.Equal(t, 1, missed)
	assert.Contains(t, out.String(), "| b |  |  | **missed** |")
	assert.Contains(t, out.String(), "| c |  |  | not measured |")
}

func TestChoose(t *testing.T) {
	all, err := choose("")
	require.NoError(t, err)
	assert.Len(t, all, len(sections)-len(long))
	alone, err := choose("soak")
	require.NoError(t, err)
	assert.Len(t, alone, 1)
	some, err := choose("footprint, reads")
	require.NoError(t, err)
	assert.Len(t, some, 2)
	_, err = choose("writes")
	assert.ErrorContains(t, err, `no section "writes"`)
}
