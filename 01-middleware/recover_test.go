package middleware_test

import (
	"errors"
	"io"
	"net/http"
	"testing"

	"example.com/authbook/01-middleware"
	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRecover(t *testing.T) {
	type row struct {
		name    string
		handler http.HandlerFunc
		status  int    // 0 if the connection is cut
		body    string // exact, but for problems only the code
		logged  string // 0 lines if empty
	}
	rows := []row{
		{name: "an answer passes unchanged", handler: ok, status: 200, body: "ok"},
		{name: "a refusal passes unchanged", status: 404, body: "nobody",
			handler: func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(http.StatusNotFound)
				_, _ = io.WriteString(w, "nobody")
			}},
		{name: "a panic becomes a 500", status: 500, body: "INTERNAL", logged: "secret-4711",
			handler: func(http.ResponseWriter, *http.Request) { panic("secret-4711") }},
		{name: "a panic with an error becomes a 500", status: 500, body: "INTERNAL", logged: "secret-4711",
			handler: func(http.ResponseWriter, *http.Request) { panic(errors.New("secret-4711")) }},
		{name: "a nil pointer becomes a 500", status: 500, body: "INTERNAL", logged: "nil pointer",
			handler: func(_ http.ResponseWriter, r *http.Request) { r.TLS.ServerName = "" }},
		{name: "a handler that asks to be cut is cut and not logged",
			handler: func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }},
		{name: "a panic in the middle of an answer cuts the connection", logged: "secret-4711",
			handler: func(w http.ResponseWriter, _ *http.Request) {
				_, _ = io.WriteString(w, `{"half":`)
				panic("secret-4711")
			}},
		{name: "a panic after a flush cuts the connection", logged: "secret-4711",
			handler: func(w http.ResponseWriter, _ *http.Request) {
				_, _ = io.WriteString(w, `{"half":`)
				w.(http.Flusher).Flush()
				panic("secret-4711")
			}},
		{name: "a panic after the header alone cuts the connection", logged: "secret-4711",
			handler: func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(http.StatusCreated)
				panic("secret-4711")
			}},
	}
	exercise.Rows(t, "1.6", rows, func(t *testing.T, row row) {
		log, book := newLog()
		mux := http.NewServeMux()
		mux.HandleFunc("GET /row", row.handler)
		mux.HandleFunc("GET /fine", ok)
		srv := serve(t, wrap(t, middleware.Recover(log), mux))

		status, body, err := fetch(t, "GET", srv.URL+"/row", nil)
		if row.status == 0 {
			assert.Error(t, err, "expected a cut connection, got %s: a client must not take half an answer for a whole one", answer(status, body))
		} else {
			require.NoError(t, err, "the client must get an answer, not a cut connection")
			assert.Equal(t, answer(row.status, []byte(row.body)), answer(status, body), "the client must get one whole answer")
		}
		assert.NotContains(t, string(body), "secret", "what panicked is for the log alone")

		status, _, err = fetch(t, "GET", srv.URL+"/fine", nil)
		require.NoError(t, err, "the server must live on")
		assert.Equal(t, 200, status, "the server must live on")
		srv.Close()

		if row.logged == "" {
			assert.Empty(t, book.messages(t), "nothing went wrong, so nothing is logged")
			return
		}
		lines := book.lines(t, "panic")
		require.Len(t, lines, 1, "one panic is one line")
		assert.Equal(t, "ERROR", lines[0]["level"], "a panic must wake somebody")
		assert.Contains(t, lines[0]["panic"], row.logged, "without the value nobody can mend it")
		assert.Contains(t, lines[0]["stack"], "recover_test.go", "without the line that panicked nobody can mend it")
		assert.Equal(t, "GET /row", lines[0]["route"], "without the route nobody can repeat it")
	})
}
