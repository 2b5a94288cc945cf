package main

import (
	"encoding/xml"
	"io"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A picture beside a page says what its tables say.
func TestPictures_areOfThePage(t *testing.T) {
	for name, want := range map[string]int{"performance.md": 3, "scale.md": 1} {
		page, err := os.ReadFile("../../docs/" + name)
		require.NoError(t, err)
		drawn := pictures(string(page))
		maps.DeleteFunc(drawn, func(_ string, c chart) bool { return len(c.bars) == 0 })
		require.Len(t, drawn, want, name)
		for picture, c := range drawn {
			kept, err := os.ReadFile(filepath.Join("../../docs/pictures", picture))
			require.NoError(t, err)
			assert.Equal(t, c.svg(), string(kept), "%s: go run ./final/loadtest -draw docs/%s", picture, name)
			assert.True(t, strings.Contains(string(page), "(pictures/"+picture+")"), "%s does not show %s", name, picture)
		}
	}
}

func TestPictures_readTheTables(t *testing.T) {
	drawn := pictures(`
| what | goal | measured | verdict |
|---|---|---|---|
| GET /me | ≥ 0.36 × bare net/http, or so | 0.35 × (24.5k/s of 68.3k/s) | **missed** |
| verify | ≤ 0.6 × a & b | 0.43 × (15.00 allocs/token) | met |
| a flood, p99 | ≤ 5 ms | p50 0.3 ms, p99 9.8 ms (idle: p50 0.3 ms, p99 0.8 ms) | **missed** |
| memory | ≤ 30 MB | 31.4 MB | **missed** |

| call | 1,000 rows | 100,000 rows |
|---|---|---|
| read | 9 µs | 2.3 ms |

| request | servers | requests a second | CPU of a server, each |
|---|---|---|---|
| log-in | 2 | 68 | 22.3 ms |
`)
	assert.Equal(t, []bar{
		{"GET /me, beside bare net/http", 0.35, 0.36, "0.35 (≥ 0.36)"},
		{"verify, beside a & b", 0.43, 0.6, "0.43 (≤ 0.6)"},
	}, drawn["ratios.svg"].bars)
	assert.Equal(t, []bar{
		{"a flood", 9.8, 0, "9.8 ms"}, {"the same, while nothing else happens", 0.8, 0, "0.8 ms"},
	}, drawn["flood.svg"].bars)
	assert.Equal(t, []bar{{"read: 1,000 rows", 0.009, 0, "9 µs"}, {"read: 100,000 rows", 2.3, 0, "2.3 ms"}},
		drawn["growth.svg"].bars)
	assert.Equal(t, []bar{{"log-in, 2: CPU of a server", 22.3, 0, "22.3 ms"}}, drawn["costs.svg"].bars)

	decoder := xml.NewDecoder(strings.NewReader(drawn["ratios.svg"].svg()))
	for {
		if _, err := decoder.Token(); err != nil {
			require.ErrorIs(t, err, io.EOF, "well-formed")
			break
		}
	}
}

func TestChart_places(t *testing.T) {
	linear := chart{bars: []bar{{value: 0.5, goal: 2}}}
	assert.Equal(t, []float64{0, 1, 2}, linear.grid())
	assert.InDelta(t, chartWidth-chartRight, linear.x(2), 0.001, "the goal counts for the scale")
	tens := chart{log: true, bars: []bar{{value: 0.02}, {value: 30}}}
	assert.InDeltaSlice(t, []float64{0.01, 0.1, 1, 10, 100}, tens.grid(), 1e-9)
	assert.InDelta(t, chartLeft, tens.x(0.01), 0.001)
}
