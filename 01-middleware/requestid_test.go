package middleware_test

import (
	"net/http"
	"testing"

	"example.com/authbook/01-middleware"
	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRequestID(t *testing.T) {
	type row struct {
		name string
		sent []string // X-Request-ID of the client
	}
	rows := []row{
		{name: "a request gets an id"},
		{name: "an id of the client is not used", sent: []string{"00000000000000000000000000"}},
		{name: "two ids of the client are not used", sent: []string{"one", "two"}},
	}
	exercise.Rows(t, "1.5", rows, func(t *testing.T, row row) {
		var inside string
		mux := http.NewServeMux()
		mux.HandleFunc("GET /users/{name}", func(_ http.ResponseWriter, r *http.Request) {
			inside = middleware.RequestIDFrom(r.Context())
		})
		h := wrap(t, middleware.RequestID, mux)

		r := get("/users/jin")
		r.Header["X-Request-Id"] = row.sent
		first := send(h, r).Header().Values("X-Request-ID")
		require.Len(t, first, 1, "the answer must carry one id, so that the client can name it")
		assert.Regexp(t, "^[A-Z2-7]{26}$", first[0], "128 random bits are 26 characters of rand.Text")
		assert.Equal(t, first[0], inside, "the handler and the client must read the same id")
		assert.NotContains(t, row.sent, first[0], "a client could choose the id of another request")
		assert.Equal(t, "GET /users/{name}", r.Pattern, "the access log further out needs the pattern")

		second := send(h, get("/users/jin")).Header().Get("X-Request-ID")
		assert.NotEqual(t, first[0], second, "each request needs an id of its own")
		assert.Equal(t, second, inside, "and the handler must read the new one")
	})
}

func TestRequestIDFrom_isEmptyWithoutTheMiddleware(t *testing.T) {
	assert.Empty(t, middleware.RequestIDFrom(t.Context()))
}
