package main

import (
	"bytes"
	"io"
	"net"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What an operator reads of a release that does not start comes from this very
// start, and not from the release that was in the slot before.
func TestShip_saysWhyAReleaseDidNotStart(t *testing.T) {
	skipUnlessLong(t)
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

// printed is what a command prints. It tells when a text comes.
type printed struct {
	buffer bytes.Buffer // not embedded: it has other ways to be written to
	text   string
	then   func()
}

func (p *printed) Reset()         { p.buffer.Reset() }
func (p *printed) String() string { return p.buffer.String() }

func (p *printed) Write(line []byte) (int, error) {
	if p.text != "" && bytes.Contains(line, []byte(p.text)) {
		p.then()
	}
	return p.buffer.Write(line)
}

// A release that dies once all checks have passed would do so again and again.
func TestShip_goesBackFromAReleaseThatDiesSoon(t *testing.T) {
	skipUnlessLong(t)
	f := newField(t)
	require.NoError(t, f.deploy("one", ""))
	f.instance.know("soak", "1m")
	before := f.instance.tree("opt/authbook")
	looks := 0
	f.printed.text = "watch it for 1m0s"
	f.printed.then = func() {
		for range 3 { // who has asked something may stay for two minutes, and else for five seconds
			conn, err := net.Dial("tcp", strings.TrimPrefix(f.instance.url, "http://"))
			require.NoError(t, err)
			t.Cleanup(func() { conn.Close() })
			_, err = io.WriteString(conn, "GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n")
			require.NoError(t, err)
		}
		f.instance.OnShow(func(unit string) {
			if looks++; looks == 3 { // it has been seen alive, with its clients
				f.instance.Kill(unit)
			}
		})
	}
	err := f.deploy("two", "")
	require.ErrorContains(t, err, "watch it for 1m0s: it ended (killed by SIGKILL: final: "+saysMuch+")")
	require.ErrorContains(t, err, "serves, as before")
	if _, noProc := os.Stat("/proc/net/tcp"); noProc == nil {
		assert.Regexp(t, "lost what clients had asked it: [3-9] connections were open just before", err.Error())
	}
	assert.Equal(t, "one", f.instance.revision())
	assert.Equal(t, before, f.instance.tree("opt/authbook"))
	assert.NotContains(t, f.printed.String(), "switch to slot", "what starts at boot is the old one all the time")
}
