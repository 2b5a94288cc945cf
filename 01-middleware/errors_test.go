package middleware_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"testing"

	"example.com/authbook/01-middleware"
	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// adapt applies Errors and stops the test where nothing comes out.
func adapt(t *testing.T, log *slog.Logger, h middleware.HandlerFunc) http.Handler {
	t.Helper()
	adapter := middleware.Errors(log)
	require.NotNil(t, adapter, "there must be an adapter")
	handler := adapter(h)
	require.NotNil(t, handler, "an adapter must return a handler, or every request would panic")
	return handler
}

// errSecret is a cause that a client must not read. The others are what a
// handler may return.
var (
	errSecret  = errors.New("secret-4711")
	errDenied  = problem.New(problem.AccessDenied, "")
	errSignUp  = fmt.Errorf("sign up: %w", errDenied)
	errToken   = problem.Wrap(problem.InvalidToken, errSecret)
	errDown    = problem.Wrap(problem.Unavailable, errSecret)
	errTooLong = fmt.Errorf("decode: %w", &http.MaxBytesError{Limit: 9})
)

// fails is a handler that returns err and writes nothing.
func fails(err error) middleware.HandlerFunc {
	return func(http.ResponseWriter, *http.Request) error { return err }
}

// writes is a handler that answers and then returns err.
func writes(status int, body string, err error) middleware.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) error {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
		return err
	}
}

// TestErrors looks at what the client gets.
func TestErrors(t *testing.T) {
	type row struct {
		name    string
		handler middleware.HandlerFunc
		status  int    // 0 if the connection is cut
		body    string // exact, but of a problem only its code
	}
	rows := []row{
		{name: "no error leaves the answer alone", handler: writes(201, "made", nil), status: 201, body: "made"},
		{name: "a problem is answered as it is", handler: fails(problem.New(problem.UserAlreadyExists, "")), status: 409,
			body: "problem USER_ALREADY_EXISTS"},
		{name: "a problem inside another error is found", handler: fails(errSignUp), status: 403,
			body: "problem ACCESS_DENIED"},
		{name: "the cause of a refusal stays here", handler: fails(errToken), status: 401, body: "problem INVALID_TOKEN"},
		{name: "an unknown error becomes a 500", handler: fails(errSecret), status: 500, body: "problem INTERNAL"},
		{name: "the cause of a 503 stays here", handler: fails(errDown), status: 503, body: "problem UNAVAILABLE"},
		{name: "a body that was cut is the client's fault", handler: fails(errTooLong), status: 413,
			body: "problem PAYLOAD_TOO_LARGE"},
		{name: "an error in the middle of an answer cuts the connection", handler: writes(200, `{"half":`, errSecret)},
		{name: "a refusal in the middle of an answer cuts it too", handler: writes(200, `{"half":`, errDenied)},
	}
	exercise.Rows(t, "1.8", rows, func(t *testing.T, row row) {
		log, _ := newLog()
		srv := serve(t, adapt(t, log, row.handler))

		status, body, err := fetch(t, "GET", srv.URL+"/row", nil)
		if row.status == 0 {
			assert.Error(t, err, "expected a cut connection, got %s: a client must not take half an answer for a whole one",
				answer(status, body))
		} else {
			require.NoError(t, err, "expected %s, got a cut connection: the client must learn whose fault it was",
				answer(row.status, []byte(row.body)))
			assert.Equal(t, answer(row.status, []byte(row.body)), answer(status, body),
				"the client must get one whole answer that says whose fault it was")
		}
		assert.NotContains(t, string(body), "secret", "a cause is for the log only")
	})
}

// TestErrors_log looks at the log, where people search for the cause.
func TestErrors_log(t *testing.T) {
	type row struct {
		name    string
		handler middleware.HandlerFunc
		logged  string // the log stays empty if this is
	}
	rows := []row{
		{name: "an answer leaves no line", handler: writes(201, "made", nil)},
		{name: "a refusal leaves no line", handler: fails(problem.New(problem.UserAlreadyExists, ""))},
		{name: "a refusal inside another error leaves no line", handler: fails(errSignUp)},
		{name: "the cause of a refusal is not logged", handler: fails(errToken)},
		{name: "a body that was cut leaves no line", handler: fails(errTooLong)},
		{name: "an unknown error is logged", handler: fails(errSecret), logged: "secret-4711"},
		{name: "the cause of a 503 is logged", handler: fails(errDown), logged: "UNAVAILABLE: secret-4711"},
		{name: "the way to a cause is logged", handler: fails(fmt.Errorf("load user: %w", errDown)),
			logged: "load user: UNAVAILABLE: secret-4711"},
		{name: "an error in the middle of an answer is logged", handler: writes(200, `{"half":`, errSecret),
			logged: "secret-4711"},
		{name: "a refusal in the middle of an answer is logged", handler: writes(200, `{"half":`, errDenied),
			logged: "ACCESS_DENIED"},
	}
	exercise.Rows(t, "1.8", rows, func(t *testing.T, row row) {
		log, book := newLog()
		mux := http.NewServeMux()
		mux.Handle("GET /row", adapt(t, log, row.handler))
		sendAnyway(mux, get("/row"))

		if row.logged == "" {
			assert.Empty(t, book.messages(t),
				"the log must stay empty: a refusal is the client's mistake, and its cause may hold a secret")
			return
		}
		lines := book.lines(t, "request failed")
		require.Len(t, lines, 1, "the log needs one line for one failure, whatever the client got")
		assert.Equal(t, "ERROR", lines[0]["level"], "a failure of the server must wake somebody")
		assert.Equal(t, row.logged, lines[0]["error"], "without the whole error nobody finds the mistake")
		assert.Equal(t, "GET /row", lines[0]["route"], "without the route nobody can repeat it")
	})
}

func TestErrors_logsTheIDThatTheClientGot(t *testing.T) {
	exercise.Needs(t, "1.4", "1.8")
	log, book := newLog()
	failing := adapt(t, log, func(http.ResponseWriter, *http.Request) error { return errors.New("disk full") })
	id := send(wrap(t, middleware.RequestID, failing), get("/")).Header().Get("X-Request-ID")
	lines := book.lines(t, "request failed")
	require.Len(t, lines, 1, "one failure is one line")
	assert.Equal(t, id, lines[0]["request_id"], "a client that reports the id must be found in the log")
}

func TestErrors_isCalmAboutAClientThatWentAway(t *testing.T) {
	exercise.Needs(t, "1.8")
	log, book := newLog()
	h := adapt(t, log, func(_ http.ResponseWriter, r *http.Request) error {
		return problem.Wrap(problem.Unavailable, r.Context().Err())
	})
	ctx, leave := context.WithCancel(t.Context())
	leave()
	send(middleware.AccessLog(log, here)(h), get("/").WithContext(ctx))
	assert.Equal(t, []string{"request"}, book.messages(t), "one line must tell of it, and one is enough")
	lines := book.lines(t, "request")
	require.Len(t, lines, 1, "one line must tell of it")
	assert.Equal(t, "INFO", lines[0]["level"], "an alarm for each closed browser would hide the real ones")
	assert.EqualValues(t, 499, lines[0]["status"], "anybody could fill a counter of failures")
}
