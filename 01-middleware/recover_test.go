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

// The handlers of the rows: each fails in another way.
func panics(v any) http.HandlerFunc { return func(http.ResponseWriter, *http.Request) { panic(v) } }

func followsNil(_ http.ResponseWriter, r *http.Request) { r.TLS.ServerName = "" }

func panicsHalfway(w http.ResponseWriter, _ *http.Request) {
	_, _ = io.WriteString(w, `{"half":`)
	panic("secret-4711")
}

// TestRecover looks at what the client gets.
func TestRecover(t *testing.T) {
	type row struct {
		name    string
		handler http.HandlerFunc
		status  int    // 0 if the connection is cut
		body    string // exact, but of a problem only its code
	}
	rows := []row{
		{name: "an answer passes unchanged", handler: ok, status: 200, body: "ok"},
		{name: "a refusal passes unchanged", status: 404, body: "nobody",
			handler: func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(http.StatusNotFound)
				_, _ = io.WriteString(w, "nobody")
			}},
		{name: "a panic becomes a 500", handler: panics("secret-4711"), status: 500, body: "problem INTERNAL"},
		{name: "a panic with an error becomes a 500", handler: panics(errors.New("secret-4711")), status: 500,
			body: "problem INTERNAL"},
		{name: "a nil pointer becomes a 500", handler: followsNil, status: 500, body: "problem INTERNAL"},
		{name: "a handler that asks to be cut is cut", handler: panics(http.ErrAbortHandler)},
		{name: "a panic in the middle of an answer cuts the connection", handler: panicsHalfway},
		{name: "a panic after a flush cuts the connection",
			handler: func(w http.ResponseWriter, _ *http.Request) {
				_, _ = io.WriteString(w, `{"half":`)
				w.(http.Flusher).Flush()
				panic("secret-4711")
			}},
		{name: "a panic after the header alone cuts the connection",
			handler: func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(http.StatusCreated)
				panic("secret-4711")
			}},
	}
	exercise.Rows(t, "1.6", rows, func(t *testing.T, row row) {
		log, _ := newLog()
		mux := http.NewServeMux()
		mux.HandleFunc("GET /row", row.handler)
		mux.HandleFunc("GET /fine", ok)
		srv := serve(t, wrap(t, middleware.Recover(log), mux))

		status, body, err := fetch(t, "GET", srv.URL+"/row", nil)
		if row.status == 0 {
			assert.Error(t, err, "expected a cut connection, got %s: the client must see that this is not a whole answer",
				answer(status, body))
		} else {
			require.NoError(t, err, "expected %s, got a cut connection: the client must learn whose fault it was",
				answer(row.status, []byte(row.body)))
			assert.Equal(t, answer(row.status, []byte(row.body)), answer(status, body), "the client must get one whole answer")
		}
		for _, cause := range []string{"secret", "nil pointer"} {
			assert.NotContains(t, string(body), cause, "what panicked is for the log only")
		}

		status, _, err = fetch(t, "GET", srv.URL+"/fine", nil)
		require.NoError(t, err, "the server must live on")
		assert.Equal(t, 200, status, "the server must live on")
	})
}

// TestRecover_log looks at the log, where people search for the cause.
func TestRecover_log(t *testing.T) {
	type row struct {
		name    string
		handler http.HandlerFunc
		logged  string // the log stays empty if this is
	}
	rows := []row{
		{name: "an answer leaves no line", handler: ok},
		{name: "a handler that asks to be cut leaves no line", handler: panics(http.ErrAbortHandler)},
		{name: "a panic is logged", handler: panics("secret-4711"), logged: "secret-4711"},
		{name: "a panic with an error is logged", handler: panics(errors.New("secret-4711")), logged: "secret-4711"},
		{name: "a nil pointer is logged", handler: followsNil, logged: "nil pointer"},
		{name: "a panic in the middle of an answer is logged", handler: panicsHalfway, logged: "secret-4711"},
	}
	exercise.Rows(t, "1.6", rows, func(t *testing.T, row row) {
		log, book := newLog()
		mux := http.NewServeMux()
		mux.HandleFunc("GET /row", row.handler)
		sendAnyway(wrap(t, middleware.Recover(log), mux), get("/row"))

		if row.logged == "" {
			assert.Empty(t, book.messages(t), "the log must stay empty: nothing went wrong")
			return
		}
		lines := book.lines(t, "panic")
		require.Len(t, lines, 1, "the log needs one line for one panic, whatever the client got")
		assert.Equal(t, "ERROR", lines[0]["level"], "a panic must wake somebody")
		assert.Contains(t, lines[0]["panic"], row.logged, "without the value nobody finds the mistake")
		assert.Contains(t, lines[0]["stack"], "recover_test.go", "without the line that panicked nobody finds the mistake")
		assert.Equal(t, "GET /row", lines[0]["route"], "without the route nobody can repeat it")
	})
}
