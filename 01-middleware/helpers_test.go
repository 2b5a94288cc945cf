package middleware_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"example.com/authbook/01-middleware"
	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/require"
)

func TestMain(m *testing.M) { exercise.Main(m) }

// wrap applies a middleware and stops the test where nothing comes out.
func wrap(t *testing.T, mw middleware.Middleware, next http.Handler) http.Handler {
	t.Helper()
	require.NotNil(t, mw, "there must be a middleware to apply")
	h := mw(next)
	require.NotNil(t, h, "a middleware must return a handler, or every request would panic")
	return h
}

// send passes a request to h and returns the answer.
func send(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// sendAnyway is send for a handler that may panic. As with net/http, the panic
// ends there.
func sendAnyway(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	func() {
		defer func() { _ = recover() }()
		h.ServeHTTP(w, r)
	}()
	return w
}

// get is a GET request for the path.
func get(path string) *http.Request { return httptest.NewRequest(http.MethodGet, path, nil) }

// codeOf returns the code of a problem, or "" for any other body.
func codeOf(body []byte) string {
	var problem struct{ Code string }
	_ = json.Unmarshal(body, &problem)
	return problem.Code
}

// answer names an answer in a few words: "403 problem ACCESS_DENIED" for a
// problem, else the status and the whole body.
func answer(status int, body []byte) string {
	if code := codeOf(body); code != "" {
		return fmt.Sprint(status, " problem ", code)
	}
	return strings.TrimSpace(fmt.Sprintf("%d %s", status, body))
}

// ran says whether a handler ran.
func ran(yes bool) string {
	if yes {
		return "the handler ran"
	}
	return "the handler did not run"
}

// serve starts a real server for h. It keeps quiet about connections that a
// handler cuts.
func serve(t *testing.T, h http.Handler) *httptest.Server {
	t.Helper()
	srv := httptest.NewUnstartedServer(h)
	srv.Config.ErrorLog = log.New(io.Discard, "", 0)
	srv.Start()
	t.Cleanup(srv.Close)
	return srv
}

// fetch sends a request on a connection of its own and reads the whole answer.
// The error is that of either, such as a connection that was cut.
func fetch(t *testing.T, method, url string, body io.Reader) (status int, answer []byte, err error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, body)
	require.NoError(t, err)
	r.Close = true
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = res.Body.Close() }()
	answer, err = io.ReadAll(res.Body)
	return res.StatusCode, answer, err
}

// logbook is a log that a test can read.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// newLog returns a logger and the book it writes to.
func newLog() (*slog.Logger, *logbook) {
	book := &logbook{}
	return slog.New(slog.NewJSONHandler(book, nil)), book
}

func (b *logbook) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

// String returns all that was logged.
func (b *logbook) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// messages returns the message of each line.
func (b *logbook) messages(t *testing.T) []string {
	t.Helper()
	var all []string
	for line := range bytes.Lines([]byte(b.String())) {
		var fields struct{ Msg string }
		require.NoError(t, json.Unmarshal(line, &fields))
		all = append(all, fields.Msg)
	}
	return all
}

// lines returns the lines that were logged with this message.
func (b *logbook) lines(t *testing.T, message string) []map[string]any {
	t.Helper()
	var found []map[string]any
	for line := range bytes.Lines([]byte(b.String())) {
		var fields map[string]any
		require.NoError(t, json.Unmarshal(line, &fields))
		if fields["msg"] == message {
			found = append(found, fields)
		}
	}
	return found
}

// ok is a handler that answers 200.
func ok(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") }
