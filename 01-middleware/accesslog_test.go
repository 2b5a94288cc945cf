package middleware_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/01-middleware"
	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// here is an address function for tests.
func here(*http.Request) string { return "192.0.2.1" }

// newAccessMux has a route for each thing that an access log sees.
func newAccessMux() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /users/{name}", ok)
	mux.HandleFunc("DELETE /users/{name}", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("POST /full", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusServiceUnavailable)
	})
	mux.HandleFunc("GET /flush", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "one")
		_ = http.NewResponseController(w).Flush()
		_, _ = io.WriteString(w, "two")
	})
	return mux
}

func TestAccessLog(t *testing.T) {
	rows := []struct {
		name   string
		method string
		target string
		level  string
		route  string
		status int
		bytes  int
	}{
		{"a success", "GET", "/users/jin", "INFO", "GET /users/{name}", 200, 2},
		{"a query is not logged", "GET", "/users/jin?token=secret-4711", "INFO", "GET /users/{name}", 200, 2},
		{"a path is not logged", "GET", "/users/secret-4711", "INFO", "GET /users/{name}", 200, 2},
		{"an answer that nobody wrote is a 200", "DELETE", "/users/jin", "INFO", "DELETE /users/{name}", 200, 0},
		{"a failure is an error", "POST", "/full", "ERROR", "POST /full", 503, 0},
		{"an unknown path has no route", "GET", "/secret-4711", "WARN", "", 404, 19},
		{"a wrong method has no route", "PUT", "/users/secret-4711", "WARN", "", 405, 19},
		{"a body in parts", "GET", "/flush", "INFO", "GET /flush", 200, 6},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			log, book := newLog()
			r := httptest.NewRequest(row.method, row.target, strings.NewReader("secret-4711"))
			r.Header.Set("Authorization", "Bearer secret-4711")
			r.Header.Set("Cookie", "refresh=secret-4711")
			w := send(middleware.AccessLog(log, here)(newAccessMux()), r)
			assert.Equal(t, row.status, w.Code, "the answer must pass unchanged")

			lines := book.lines(t, "request")
			require.Len(t, lines, 1, "one request is one line")
			line := lines[0]
			assert.Equal(t, row.level, line["level"])
			assert.Equal(t, row.method, line["method"])
			assert.Equal(t, row.route, line["route"])
			assert.EqualValues(t, row.status, line["status"])
			assert.EqualValues(t, row.bytes, line["bytes"])
			assert.Equal(t, "192.0.2.1", line["remote"])
			assert.NotContains(t, line, "aborted")
			assert.NotContains(t, book.String(), "secret", "logs are read by more people than the secret is for")
		})
	}
}

func TestAccessLog_measuresTheWholeRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log, book := newLog()
		slow := http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-time.After(3 * time.Second) })
		send(middleware.AccessLog(log, here)(slow), get("/"))
		lines := book.lines(t, "request")
		require.Len(t, lines, 1)
		assert.EqualValues(t, 3*time.Second, lines[0]["duration"])
	})
}

func TestAccessLog_cutsALongMethod(t *testing.T) {
	log, book := newLog()
	r := get("/")
	r.Method = strings.Repeat("X", 10_000)
	send(middleware.AccessLog(log, here)(http.HandlerFunc(ok)), r)
	assert.Less(t, len(book.String()), 1000, "a client must not fill the log with one request")
}

func TestAccessLog_seesACutConnection(t *testing.T) {
	log, book := newLog()
	srv := serve(t, middleware.AccessLog(log, here)(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "half")
		panic(http.ErrAbortHandler)
	})))
	_, _, err := fetch(t, "GET", srv.URL, nil)
	require.Error(t, err)
	srv.Close()
	lines := book.lines(t, "request")
	require.Len(t, lines, 1, "an answer that was cut was a request too")
	assert.Equal(t, true, lines[0]["aborted"])
	assert.Equal(t, "ERROR", lines[0]["level"])
	assert.EqualValues(t, 200, lines[0]["status"])
	assert.EqualValues(t, 4, lines[0]["bytes"])
}

// Anybody can hang up, as often as they like. Only what the server itself did
// wrong may look like a failure.
func TestAccessLog_tellsAHangUpFromAFailure(t *testing.T) {
	type row struct {
		name     string
		ctx      context.Context // of the request
		handler  middleware.HandlerFunc
		status   int
		level    string
		messages []string
	}
	stays, left, late := contexts(t)
	gone := problem.Wrap(problem.Unavailable, fmt.Errorf("load user: %w", context.Canceled))
	rows := []row{
		{"a client that left before its answer", left, fails(gone), middleware.StatusHungUp, "INFO", []string{"request"}},
		{"a client that left in the middle of it", left, writes(200, "half", gone), 200, "INFO", []string{"request"}},
		{"a limit of the server is its own failure", late,
			fails(problem.Wrap(problem.Unavailable, context.DeadlineExceeded)), 503, "ERROR",
			[]string{"request failed", "request"}},
		{"so is work that the server gave up", stays, fails(gone), 503, "ERROR", []string{"request failed", "request"}},
		{"so is a failure that the client left behind", left, fails(errSecret), 500, "ERROR",
			[]string{"request failed", "request"}},
		{"a refusal stays a refusal", left, fails(problem.New(problem.AccessDenied, "")), 403, "WARN", []string{"request"}},
		{"an answer stays an answer", left, writes(201, "made", nil), 201, "INFO", []string{"request"}},
	}
	exercise.Rows(t, "1.8", rows, func(t *testing.T, row row) {
		log, book := newLog()
		sendAnyway(middleware.AccessLog(log, here)(adapt(t, log, row.handler)), get("/").WithContext(row.ctx))

		assert.Equal(t, row.messages, book.messages(t))
		lines := book.lines(t, "request")
		require.Len(t, lines, 1)
		assert.EqualValues(t, row.status, lines[0]["status"])
		assert.Equal(t, row.level, lines[0]["level"])
	})
}

// contexts returns those of three requests: of a client that waits, of one that
// has left, and of one that waits for longer than the server allows.
func contexts(t *testing.T) (stays, left, late context.Context) {
	t.Helper()
	left, leave := context.WithCancel(t.Context())
	leave()
	late, cancel := context.WithDeadline(t.Context(), time.Now())
	t.Cleanup(cancel)
	return t.Context(), left, late
}
