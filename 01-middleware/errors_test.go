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

func TestErrors(t *testing.T) {
	secret := errors.New("secret-4711")
	fail := func(err error) middleware.HandlerFunc {
		return func(http.ResponseWriter, *http.Request) error { return err }
	}
	write := func(status int, body string, err error) middleware.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) error {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
			return err
		}
	}
	type row struct {
		name    string
		handler middleware.HandlerFunc
		status  int    // 0 if the connection is cut
		body    string // exact, but for problems only the code
		logged  string // no line if empty
	}
	rows := []row{
		{name: "no error leaves the answer alone", handler: write(201, "made", nil), status: 201, body: "made"},
		{name: "a problem is answered as it is", handler: fail(problem.New(problem.UserAlreadyExists, "")), status: 409, body: "USER_ALREADY_EXISTS"},
		{name: "a problem inside another error is found", handler: fail(fmt.Errorf("sign up: %w", problem.New(problem.AccessDenied, ""))),
			status: 403, body: "ACCESS_DENIED"},
		{name: "the cause of a refusal is not logged", handler: fail(problem.Wrap(problem.InvalidToken, secret)), status: 401, body: "INVALID_TOKEN"},
		{name: "an unknown error is a 500 and logged", handler: fail(secret), status: 500, body: "INTERNAL", logged: "secret-4711"},
		{name: "the cause of a 503 is logged", handler: fail(problem.Wrap(problem.Unavailable, secret)),
			status: 503, body: "UNAVAILABLE", logged: "UNAVAILABLE: secret-4711"},
		{name: "the way to a cause is logged", handler: fail(fmt.Errorf("load user: %w", problem.Wrap(problem.Unavailable, secret))),
			status: 503, body: "UNAVAILABLE", logged: "load user: UNAVAILABLE: secret-4711"},
		{name: "a body that was cut is the client's fault", handler: fail(fmt.Errorf("decode: %w", &http.MaxBytesError{Limit: 9})),
			status: 413, body: "PAYLOAD_TOO_LARGE"},
		{name: "an error in the middle of an answer cuts the connection", handler: write(200, `{"half":`, secret), logged: "secret-4711"},
		{name: "a refusal in the middle of an answer cuts it too", handler: write(200, `{"half":`, problem.New(problem.AccessDenied, "")),
			logged: "ACCESS_DENIED"},
	}
	exercise.Rows(t, "1.8", rows, func(t *testing.T, row row) {
		log, book := newLog()
		mux := http.NewServeMux()
		mux.Handle("GET /row", adapt(t, log, row.handler))
		srv := serve(t, mux)

		status, body, err := fetch(t, "GET", srv.URL+"/row", nil)
		if row.status == 0 {
			assert.Error(t, err, "expected a cut connection, got %s: a client must not take half an answer for a whole one", answer(status, body))
		} else {
			require.NoError(t, err)
			assert.Equal(t, answer(row.status, []byte(row.body)), answer(status, body), "the client must get one whole answer that says whose fault it was")
		}
		assert.NotContains(t, string(body), "secret", "a cause is for the log alone")
		srv.Close()

		if row.logged == "" {
			assert.Empty(t, book.messages(t), "a refusal is the client's matter and its cause may hold a secret")
			return
		}
		lines := book.lines(t, "request failed")
		require.Len(t, lines, 1, "one failure is one line")
		assert.Equal(t, "ERROR", lines[0]["level"], "a failure of the server must wake somebody")
		assert.Equal(t, row.logged, lines[0]["error"], "without the cause nobody can mend it")
		assert.Equal(t, "GET /row", lines[0]["route"], "without the route nobody can repeat it")
	})
}

func TestErrors_logsTheIDThatTheClientGot(t *testing.T) {
	exercise.Needs(t, "1.5", "1.8")
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
	send(h, get("/").WithContext(ctx))
	lines := book.lines(t, "request failed")
	require.Len(t, lines, 1, "it is still worth a line")
	assert.Equal(t, "INFO", lines[0]["level"], "an alarm for each closed browser would hide the real ones")
}
