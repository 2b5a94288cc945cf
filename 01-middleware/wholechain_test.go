package middleware_test

import (
	"net/http"
	"testing"

	"example.com/authbook/01-middleware"
	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A test of each middleware alone does not see what one does to the next. The
// mux writes the route into the request it gets, which is a copy where a
// middleware changed the context or the body.
func TestWholeChain(t *testing.T) {
	type row struct {
		name   string
		needs  []string
		path   string
		status int
		route  string
	}
	needs := []string{"1.3", "1.4", "1.6", "1.7", "1.8"}
	rows := []row{
		{"the route comes out through all copies", needs, "/users/jin", 200, "GET /users/{name}"},
		{"the route comes out with a panic too", needs, "/panic/1", 500, "GET /panic/{n}"},
		{"no route is no route", needs, "/nothing", 404, ""},
	}
	exercise.Rows(t, "1.9", rows, func(t *testing.T, row row) {
		log, book := newLog()
		mux := newAccessMux()
		mux.HandleFunc("GET /panic/{n}", func(http.ResponseWriter, *http.Request) { panic("out of paper") })
		h := wrap(t, middleware.Chain(
			middleware.RequestID,
			middleware.AccessLog(log, here),
			middleware.Recover(log),
			middleware.BodyLimit(100),
			middleware.Authenticate(log, &door{}),
		), mux)
		w := send(h, bearer(row.path, "Bearer user"))

		lines := book.lines(t, "request")
		require.Len(t, lines, 1, "one request is one line")
		assert.Equal(t, row.route, lines[0]["route"], "each copy must hand the route out")
		assert.EqualValues(t, row.status, lines[0]["status"], "the log must show what the client saw")
		assert.Equal(t, row.status, w.Code, "the client must see what the innermost one decided")
		assert.Equal(t, w.Header().Get("X-Request-ID"), lines[0]["request_id"], "a client that reports the id must be found")
	})
}
