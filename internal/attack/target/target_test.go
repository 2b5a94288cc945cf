package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"example.com/authbook/internal/attack"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// newTarget is a server with no flaw but those of the code on disk.
func newTarget(t *testing.T, name string) (http.Handler, attack.World) {
	t.Helper()
	found := attack.Find(name)
	require.Len(t, found, 1)
	w, err := found[0].Draw()
	require.NoError(t, err)
	w.Says = "This is for practice."
	h, err := newHandler(w, func(attack.Event) {})
	require.NoError(t, err)
	return h, w
}

func get(h http.Handler, host, path string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, "http://"+host+path, nil)
	out := httptest.NewRecorder()
	h.ServeHTTP(out, r)
	return out
}

func TestHandler_saysWhatItIs(t *testing.T) {
	h, w := newTarget(t, "none")
	for _, row := range []struct {
		name, host, path string
		status           int
		inBody           bool
	}{
		{"an answer of a chapter", "localhost:8080", "/me", 401, true},
		{"an unknown path", "127.0.0.1", "/x", 404, true},
		{"another host is refused, and told", "evil.example", "/known/token", 403, true},
		{"a host that begins like ours", "localhost.evil.example", "/me", 403, true},
		{"a value for a shell, in the header alone", "[::1]:1", "/known/token", 200, false},
		{"a value of another attack is not known", "localhost", "/known/spent-cookie", 404, true},
	} {
		t.Run(row.name, func(t *testing.T) {
			out := get(h, row.host, row.path)
			assert.Equal(t, row.status, out.Code)
			assert.Equal(t, w.Says, out.Header().Get(warningHeader))
			assert.Equal(t, row.inBody, strings.Contains(out.Body.String(), w.Says), out.Body.String())
			assert.NotContains(t, out.Body.String(), w.Flag)
		})
	}
}

func TestRun_endsWithItsInput(t *testing.T) {
	_, w := newTarget(t, "kid")
	world, err := json.Marshal(w)
	require.NoError(t, err)
	in, typed := io.Pipe()
	out, told := io.Pipe()
	ended := make(chan error, 1)
	go func() { ended <- run(in, told) }()
	_, err = typed.Write(append(world, '\n'))
	require.NoError(t, err)
	var first attack.Event
	require.NoError(t, json.NewDecoder(out).Decode(&first))
	assert.Regexp(t, `^127\.0\.0\.1:\d+$`, first.Listening)
	require.NoError(t, typed.Close())
	assert.NoError(t, <-ended, "without its tool there is no server")
}

func TestRun_refuses(t *testing.T) {
	_, w := newTarget(t, "kid")
	w.Address = "0.0.0.0:0"
	public, err := json.Marshal(w)
	require.NoError(t, err)
	for _, row := range []struct{ name, in, want string }{
		{"a start by hand", "", "go tool workbook attack"},
		{"what is no world", "{\n", "the world:"},
		{"an address that others reach", string(public) + "\n", "not a loopback address"},
	} {
		t.Run(row.name, func(t *testing.T) {
			var out bytes.Buffer
			assert.ErrorContains(t, run(strings.NewReader(row.in), &out), row.want)
			assert.Empty(t, out.String())
		})
	}
}
