package main

import (
	"bytes"
	"net/http"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/authbook/internal/workbook/course"
	"example.com/authbook/internal/workbook/fixture"
	"example.com/authbook/internal/workbook/term"
)

func TestWayOf(t *testing.T) {
	l := line{Method: "GET", Route: "GET /me", Status: 401, Duration: 230 * time.Microsecond}
	assert.Equal(t, "GET /me  401 in 0.2 ms by Authenticate: RequestID > Recover > Authenticate",
		wayOf(l, way{Entered: []string{"RequestID", "Recover", "Authenticate"},
			Passed: []string{"RequestID", "Recover"}}, 80))
	long := way{Passed: []string{"RequestID", "AccessLog", "Recover", "SecurityHeaders", "BodyLimit"}}
	long.Entered = append(slices.Clone(long.Passed), "Authenticate")
	assert.Equal(t, "GET /me  401 in 0.2 ms by Authenticate: RequestID > … > BodyLimit > Authenticate",
		wayOf(l, long, 80), "it stays in one line")
	l.Method, l.Route = "HEAD", "/"
	assert.Equal(t, "HEAD /  401 in 0.2 ms by the handler: RequestID",
		wayOf(l, way{Entered: []string{"RequestID"}, Passed: []string{"RequestID"}}, 80))
	l.Route = ""
	assert.Equal(t, "HEAD /signup  401 in 0.2 ms by BodyLimit: BodyLimit",
		wayOf(l, way{Path: "/signup", Entered: []string{"BodyLimit"}}, 80), "what no route got has a path all the same")
}

// TestWatchWays builds the watched server and sends it requests.
func TestWatchWays(t *testing.T) {
	fixture.SkipUnlessLong(t)
	c, err := course.Open(Repository)
	require.NoError(t, err)
	dir := t.TempDir()
	o, err := c.WriteOverlay(dir, nil)
	require.NoError(t, err)
	require.NoError(t, watchWays(c.Root, o))
	binary := filepath.Join(dir, "final")
	cmd := exec.CommandContext(t.Context(), "go", "build", "-overlay="+string(o), "-o", binary, "./final")
	cmd.Dir = c.Root
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)

	t.Setenv("ADDR", "127.0.0.1:0")
	server, err := startLive(binary, t.TempDir(), func() {})
	require.NoError(t, err)
	var screen bytes.Buffer
	w := &watcher{session: &session{ui: &term.UI{Out: &screen, Width: 200}}, server: server}
	hear := func(until string) {
		for !strings.Contains(screen.String(), until) {
			text, ok := <-server.said()
			require.True(t, ok, "the server must not end: %s", screen.String())
			w.hear(text, ok)
		}
	}
	hear("The server is ready: ")
	_, url, _ := strings.Cut(strings.TrimSpace(screen.String()), "ready: ")
	for _, path := range []string{"/me", "/version"} {
		answer, err := http.Get(url + path)
		require.NoError(t, err)
		answer.Body.Close()
	}
	hear("GET /version  200")
	tooMuch, err := http.Post(url+"/signup", "text/plain", strings.NewReader(strings.Repeat("x", 2<<20)))
	if err == nil { // else the server hung up first
		tooMuch.Body.Close()
	}
	hear("POST /signup  413")
	const all = "RequestID > AccessLog > Recover > SecurityHeaders > BodyLimit"
	assert.Regexp(t, `GET /me  401 in \S+ ms by Authenticate: `+all+` > Authenticate\n`, screen.String())
	assert.Regexp(t, `GET /version  200 in \S+ ms by the handler: `+all+`\n`, screen.String())
	quits := &watcher{session: &session{course: c, now: time.Now}, name: "01-middleware"}
	quits.ui = &term.UI{Out: onWrite(func() { quits.server = server })} // it is on since a key, as with r
	quits.changed()                                                     // what is there is no save
	keys := make(chan byte, 2)
	keys <- 'l'
	keys <- 'q'
	require.NoError(t, quits.loop(t.Context(), keys))
	_, err = http.Get(url)
	assert.Error(t, err, "it ends with the watch")
}

// onWrite is called for each write.
type onWrite func()

func (f onWrite) Write(p []byte) (int, error) { f(); return len(p), nil }
