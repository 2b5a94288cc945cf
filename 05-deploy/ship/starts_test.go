package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What an operator reads of a release that does not start comes from this very
// start, and not from the release that was in the slot before.
func TestShip_saysWhyAReleaseDidNotStart(t *testing.T) {
	rows := []struct {
		flaw, want, shown string
	}{
		{crashes, "did not become ready: exit status 1: final: AUTH_SECRET is too short —", "  | final: AUTH_SECRET is too short\n"},
		{endsSilently, "did not become ready: exit status 3 —", ""},
		{killsItself, "did not become ready: killed by SIGKILL —", ""},
		{panics, "did not become ready: exit status 2: panic: boom —", "  | goroutine 1"},
	}
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	require.NoError(t, f.deploy("two", ""))
	for _, row := range rows {
		t.Run(row.flaw, func(t *testing.T) {
			require.ErrorContains(t, f.deploy("three", row.flaw), row.want)
			assert.Contains(t, f.printed.String(), row.shown)
			assert.NotContains(t, f.printed.String(), saysMuch)
			assert.LessOrEqual(t, strings.Count(f.printed.String(), "  | "), 10)
		})
	}
}
