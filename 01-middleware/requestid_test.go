package middleware_test

import (
	"context"
	"net/http"
	"testing"

	"example.com/authbook/01-middleware"
	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRequestID(t *testing.T) {
	// seen is what two requests, one after the other, leave behind.
	type seen struct {
		client  [2][]string // X-Request-ID as the client reads it
		handler [2]string   // what the handler reads
		kept    any         // a value from further out, as the handler reads it
		route   [2]string   // the pattern as a middleware further out reads it
	}
	type row struct {
		name  string
		path  string
		sent  []string // X-Request-ID of the client
		check func(t *testing.T, got seen)
	}
	chosen := []string{"00000000000000000000000000", "two"}
	notChosen := func(t *testing.T, got seen) {
		assert.NotContains(t, chosen, got.handler[0], "a client that chooses its id can hide among the log lines of others")
		for _, id := range got.client[0] {
			assert.NotContains(t, chosen, id, "a client that chooses its id can hide among the log lines of others")
		}
	}
	rows := []row{
		{name: "the answer carries one id", path: "/users/jin", check: func(t *testing.T, got seen) {
			require.Len(t, got.client[0], 1, "without an id a client can't say which request failed")
			assert.Regexp(t, "^[A-Z2-7]{26}$", got.client[0][0],
				"expected the 26 characters of rand.Text: nobody can guess 128 random bits")
		}},
		{name: "an answer without a body carries it too", path: "/silent", check: func(t *testing.T, got seen) {
			assert.Len(t, got.client[0], 1, "without an id a client can't say which request failed")
		}},
		{name: "the handler reads an id", path: "/users/jin", check: func(t *testing.T, got seen) {
			assert.NotEmpty(t, got.handler[0], "what RequestIDFrom finds in the handler: its log lines must carry the id")
		}},
		{name: "what others put into the context stays", path: "/users/jin", check: func(t *testing.T, got seen) {
			assert.Equal(t, "kept", got.kept,
				"the context holds the values of those further out, and ends when the client leaves")
		}},
		{name: "the handler and the client read the same id", path: "/users/jin", check: func(t *testing.T, got seen) {
			assert.Equal(t, []string{got.handler[0]}, got.client[0], "a client that reports its id must be found in the log")
		}},
		{name: "each request has an id of its own", path: "/silent", check: func(t *testing.T, got seen) {
			assert.NotEmpty(t, got.client[1], "the second answer must carry an id too")
			assert.NotEqual(t, got.client[0], got.client[1], "two requests with one id can't be told apart in the log")
		}},
		{name: "nobody can guess an id", path: "/silent", check: func(t *testing.T, _ seen) {
			assert.Contains(t, exercise.Imports(t, "requestid.go"), "crypto/rand",
				"who has seen some numbers of math/rand can compute the next ones")
		}},
		{name: "an id of the client is not used", path: "/users/jin", sent: chosen[:1], check: notChosen},
		{name: "two ids of the client are not used", path: "/users/jin", sent: chosen, check: notChosen},
		{name: "the route comes out", path: "/users/jin", check: func(t *testing.T, got seen) {
			assert.Equal(t, "GET /users/{name}", got.route[0], "the access log is further out and must name the route")
		}},
	}
	exercise.Rows(t, "1.4", rows, func(t *testing.T, row row) {
		var got seen
		var inside string
		mux := http.NewServeMux()
		mux.HandleFunc("GET /users/{name}", func(w http.ResponseWriter, r *http.Request) {
			inside, got.kept = middleware.RequestIDFrom(r.Context()), r.Context().Value(ctxKey{})
			ok(w, r)
		})
		mux.HandleFunc("GET /silent", func(_ http.ResponseWriter, r *http.Request) {
			inside = middleware.RequestIDFrom(r.Context())
		})
		h := wrap(t, middleware.RequestID, mux)

		for i := range 2 {
			r := get(row.path).WithContext(context.WithValue(t.Context(), ctxKey{}, "kept"))
			r.Header["X-Request-Id"] = row.sent
			// Result has the headers as they were sent; w.Header() would also
			// show those that were set too late.
			got.client[i] = send(h, r).Result().Header.Values("X-Request-ID")
			got.handler[i], got.route[i] = inside, r.Pattern
		}
		row.check(t, got)
	})
}

func TestRequestIDFrom_isEmptyWithoutTheMiddleware(t *testing.T) {
	assert.Empty(t, middleware.RequestIDFrom(t.Context()))
}
