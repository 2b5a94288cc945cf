package middleware_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"example.com/authbook/01-middleware"
	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// roles is a principal that is nothing but its roles.
type roles []string

func (have roles) HasRole(role string) bool { return slices.Contains(have, role) }

// door knows these tokens, and fails in the ways an authenticator can.
type door struct{ asked []string }

func (d *door) Authenticate(_ context.Context, token string) (middleware.Principal, error) {
	d.asked = append(d.asked, token)
	switch token {
	case "user":
		return roles{"USER"}, nil
	case "admin":
		return roles{"USER", "ADMIN"}, nil
	case "old":
		return nil, problem.New(problem.TokenExpired, "")
	case "store-down":
		return nil, problem.Wrap(problem.Unavailable, errors.New("connection refused"))
	case "old-but-named":
		return roles{"USER"}, problem.New(problem.TokenExpired, "")
	case "nobody":
		return nil, nil
	default:
		return nil, problem.New(problem.InvalidToken, "")
	}
}

// bearer is a GET request with these Authorization headers.
func bearer(path string, authorization ...string) *http.Request {
	r := get(path)
	r.Header["Authorization"] = authorization
	return r
}

func TestAuthenticate(t *testing.T) {
	type row struct {
		name   string
		needs  []string
		path   string
		sent   []string // Authorization headers
		status int
		code   string
		asked  []string // tokens that the authenticator was asked about
		logged string
	}
	rows := []row{
		{name: "a good token passes", sent: []string{"Bearer user"}, status: 200, asked: []string{"user"}},
		{name: "no header is refused", status: 401, code: "TOKEN_NOT_FOUND"},
		{name: "another scheme is refused", sent: []string{"Basic dXNlcjo="}, status: 401, code: "TOKEN_NOT_FOUND"},
		{name: "a token in the query string is not seen", path: "/row?access_token=user", status: 401, code: "TOKEN_NOT_FOUND"},
		{name: "a header that is not well written is refused unasked", sent: []string{"Bearer user admin"}, status: 401, code: "INVALID_TOKEN"},
		{name: "two headers are refused unasked", sent: []string{"Bearer user", "Bearer admin"}, status: 401, code: "INVALID_TOKEN"},
		{name: "an unknown token is refused", sent: []string{"Bearer x"}, status: 401, code: "INVALID_TOKEN", asked: []string{"x"}},
		{name: "an expired token keeps its own code", sent: []string{"Bearer old"}, status: 401, code: "TOKEN_EXPIRED", asked: []string{"old"}},
		{name: "an error counts more than a principal", sent: []string{"Bearer old-but-named"}, status: 401, code: "TOKEN_EXPIRED",
			asked: []string{"old-but-named"}},
		{name: "a failing store refuses and is logged", sent: []string{"Bearer store-down"}, status: 503, code: "UNAVAILABLE",
			asked: []string{"store-down"}, logged: "connection refused"},
		{name: "an authenticator that says nothing refuses", sent: []string{"Bearer nobody"}, status: 500, code: "INTERNAL",
			asked: []string{"nobody"}, logged: "neither"},
	}
	for i := range rows {
		rows[i].needs = []string{"1.8"} // Authenticate answers through Errors
	}
	exercise.Rows(t, "1.9", rows, func(t *testing.T, row row) {
		log, book := newLog()
		d := &door{}
		reached := false
		mux := http.NewServeMux()
		mux.HandleFunc("GET /row", func(_ http.ResponseWriter, r *http.Request) {
			reached = true
			who, ok := middleware.PrincipalFrom(r.Context())
			require.True(t, ok, "a handler inside must find the principal")
			assert.True(t, who.HasRole("USER"), "and it must be the one the authenticator named")
		})
		h := wrap(t, middleware.Authenticate(log, d), mux)

		r := bearer(cmp.Or(row.path, "/row"), row.sent...)
		w := send(h, r)
		assert.Equal(t, answer(row.status, []byte(row.code)), answer(w.Code, w.Body.Bytes()),
			"a client goes by status and code: after TOKEN_EXPIRED it refreshes, after a 5xx it waits")
		assert.Equal(t, fmt.Sprintf("%q", row.asked), fmt.Sprintf("%q", d.asked), "the authenticator must be asked once, about the bare token")
		assert.Equal(t, ran(row.status == 200), ran(reached), "only a good token opens the door")
		if row.status == 401 {
			assert.NotEmpty(t, w.Header().Get("WWW-Authenticate"), "a 401 says how to authenticate (RFC 9110 section 11.6.1)")
		}
		if row.status == 200 {
			assert.Equal(t, "GET /row", r.Pattern, "the access log further out needs the pattern")
		}
		if row.logged == "" {
			assert.Empty(t, book.messages(t), "only failures of the server are logged, never a token")
		}
		assert.Contains(t, book.String(), row.logged, "without the cause nobody can mend it")

		assert.Equal(t, 401, send(h, get("/row")).Code, "the next request must show a token of its own")
	})
}

func TestPrincipalFrom_isNobodyWithoutTheMiddleware(t *testing.T) {
	who, ok := middleware.PrincipalFrom(t.Context())
	assert.False(t, ok)
	assert.Nil(t, who)
}
