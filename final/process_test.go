package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/serve"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// beServer is set in the environment of a test binary that is to be the server.
// What can only be shown on a process, such as a crash, is shown on that one.
const beServer = "AUTHBOOK_TEST_BE_SERVER"

// cheapServer is run without arguments, but for the cost of a hash: the program
// itself has no switch that would make hashes cheap.
func cheapServer(ctx context.Context, _ []string, getenv func(string) string, stdout, stderr io.Writer) error {
	c, err := config.Read(getenv)
	if err != nil {
		return err
	}
	c.Hasher = testkit.Hasher()
	return serve.RunConfig(ctx, c, func(name string) string {
		// systemd knows the id of the process; who starts one with os/exec does not.
		if name == "LISTEN_PID" && getenv("LISTEN_FDS") != "" {
			return strconv.Itoa(os.Getpid())
		}
		return getenv(name)
	}, stdout, stderr)
}

// serverProcess is a server that runs as a process of its own.
type serverProcess struct {
	t        *testing.T
	cmd      *exec.Cmd
	url      string // "" until it is ready
	client   *http.Client
	log      *testkit.Log
	auditDir string
	from     string // the address of its clients behind a proxy; "": none
	exited   chan error

	answers   atomic.Int64 // how many requests got one
	mu        sync.Mutex
	changes   []string     // the ids of the requests that changed something, and were told so
	enough    atomic.Bool  // the clients of loadUntil stop
	lost      []error      // of requests that got no answer
	inTrouble bool         // 503 is an answer
	refusals  atomic.Int64 // how many of those there were
}

// newProcess returns a process that is not started. The files are the sockets
// that a service manager would hand over.
func newProcess(t *testing.T, env map[string]string, sockets ...*os.File) *serverProcess {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	s := &serverProcess{
		t: t, cmd: exec.Command(self), auditDir: t.TempDir(), log: &testkit.Log{}, exited: make(chan error, 1),
		client: &http.Client{
			Transport: &http.Transport{MaxIdleConnsPerHost: 100},
			Timeout:   time.Minute,
		},
	}
	s.cmd.Env = []string{
		beServer + "=1", "ADDR=127.0.0.1:0", "RATE_LIMIT=1000000", "AUTH_SECRET=" + testkit.Secret,
		"AUDIT_DIR=" + s.auditDir,
	}
	for name, value := range env {
		s.cmd.Env = append(s.cmd.Env, name+"="+value)
	}
	if len(sockets) > 0 {
		s.cmd.Env = append(s.cmd.Env, "LISTEN_FDS="+strconv.Itoa(len(sockets)), "LISTEN_FDNAMES=http")
	}
	s.cmd.ExtraFiles = sockets
	s.cmd.Stderr = s.log
	return s
}

// begin starts the process and does not wait until it is ready.
func (s *serverProcess) begin() (stdout io.Reader) {
	s.t.Helper()
	stdout, writer := io.Pipe()
	s.cmd.Stdout = writer
	require.NoError(s.t, s.cmd.Start())
	go func() {
		err := s.cmd.Wait()
		_ = writer.Close()
		s.exited <- err
		close(s.exited)
	}()
	s.t.Cleanup(s.kill)
	return stdout
}

// start starts the process and waits until it is ready.
func (s *serverProcess) start() {
	s.t.Helper()
	stdout := s.begin()
	lines := bufio.NewScanner(stdout)
	require.True(s.t, lines.Scan(), "the server ended before it was ready: %s", s.log)
	url, ok := strings.CutPrefix(lines.Text(), "authbook is ready: ")
	require.True(s.t, ok, lines.Text())
	s.url = url
	go func() { _, _ = io.Copy(io.Discard, stdout) }()
}

// startProcess is newProcess and start.
func startProcess(t *testing.T, env map[string]string, sockets ...*os.File) *serverProcess {
	t.Helper()
	s := newProcess(t, env, sockets...)
	s.start()
	return s
}

// kill ends the process as a crash does: it gets no chance to do anything.
func (s *serverProcess) kill() {
	_ = s.cmd.Process.Kill() // an error says that it has ended
	<-s.exited
	s.client.CloseIdleConnections()
}

// terminate asks the process to stop, as a service manager does.
func (s *serverProcess) terminate() {
	require.NoError(s.t, s.cmd.Process.Signal(syscall.SIGTERM))
}

// send sends a request and reads the whole answer. The error says that no
// answer came, or half of one.
func (s *serverProcess) send(method, path, body string, options ...option) (answer, error) {
	r, err := http.NewRequest(method, s.url+path, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if s.from != "" {
		r.Header.Set("X-Forwarded-For", s.from)
	}
	for _, option := range options {
		option(r)
	}
	res, err := s.client.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	s.answers.Add(1)
	if method != http.MethodGet && res.StatusCode < 300 && err == nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.changes = append(s.changes, res.Header.Get("X-Request-Id"))
	}
	return answer{res.StatusCode, res.Header, string(text)}, err
}

// checkAudit fails the test unless the audit log has a record of each change
// that a client was told of.
func (s *serverProcess) checkAudit() {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	recorded := map[string]bool{}
	for line := range strings.Lines(auditLog(s.t, s.auditDir)) {
		var record struct {
			ID string `json:"request_id"`
		}
		if json.Unmarshal([]byte(line), &record) == nil { // a crash may leave half a line
			recorded[record.ID] = true
		}
	}
	missing := slices.DeleteFunc(slices.Clone(s.changes), func(id string) bool { return recorded[id] })
	assert.Empty(s.t, missing, "of %d changes", len(s.changes))
}

// waitForAnswers returns after so many more answers, to whatever clients.
func (s *serverProcess) waitForAnswers(n int) {
	s.t.Helper()
	enough := s.answers.Load() + int64(n)
	eventually(s.t, "clients must get answers", func() bool { return s.answers.Load() >= enough })
}

// eventually calls ok until it is true. A minute is for what hangs: the load of a
// test, beside those of other packages, may keep a machine busy for a while.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	deadline := time.After(time.Minute)
	for !ok() {
		select {
		case <-time.After(10 * time.Millisecond):
		case <-deadline:
			t.Fatalf("%s, and it did not happen", what)
		}
	}
}

// must is send where an answer has to come.
func (s *serverProcess) must(method, path, body string, options ...option) answer {
	s.t.Helper()
	a, err := s.send(method, path, body, options...)
	require.NoError(s.t, err)
	return a
}
