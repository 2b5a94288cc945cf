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
		body   string
		asked  []string // tokens that the authenticator was asked about
		logged string
	}
	rows := []row{
		{name: "a good token passes", sent: []string{"Bearer user"}, status: 200, asked: []string{"user"}},
		{name: "no header is refused", status: 401, body: "problem TOKEN_NOT_FOUND"},
		{name: "another scheme is refused", sent: []string{"Basic dXNlcjo="}, status: 401, body: "problem TOKEN_NOT_FOUND"},
		{name: "a token in the query string is not seen", path: "/row?access_token=user", status: 401,
			body: "problem TOKEN_NOT_FOUND"},
		{name: "a header that is not well written is refused unasked", sent: []string{"Bearer user admin"}, status: 401,
			body: "problem INVALID_TOKEN"},
		{name: "two headers are refused unasked", sent: []string{"Bearer user", "Bearer admin"}, status: 401,
			body: "problem INVALID_TOKEN"},
		{name: "an unknown token is refused", sent: []string{"Bearer x"}, status: 401, body: "problem INVALID_TOKEN",
			asked: []string{"x"}},
		{name: "an expired token keeps its own code", sent: []string{"Bearer old"}, status: 401,
			body: "problem TOKEN_EXPIRED", asked: []string{"old"}},
		{name: "an error counts more than a principal", sent: []string{"Bearer old-but-named"}, status: 401,
			body: "problem TOKEN_EXPIRED", asked: []string{"old-but-named"}},
		{name: "a failing store refuses and is logged", sent: []string{"Bearer store-down"}, status: 503,
			body: "problem UNAVAILABLE", asked: []string{"store-down"}, logged: "connection refused"},
		{name: "an authenticator that says nothing refuses", sent: []string{"Bearer nobody"}, status: 500,
			body: "problem INTERNAL", asked: []string{"nobody"}, logged: "neither"},
	}
	for i := range rows {
		rows[i].needs = []string{"1.8"} // Authenticate answers through Errors
	}
	exercise.Rows(t, "1.9", rows, func(t *testing.T, row row) {
		log, book := newLog()
		d := &door{}
		reached := false
		mux := http.NewServeMux()
		mux.HandleFunc("GET /row", func(http.ResponseWriter, *http.Request) { reached = true })
		h := wrap(t, middleware.Authenticate(log, d), mux)

		w := send(h, bearer(cmp.Or(row.path, "/row"), row.sent...))
		assert.Equal(t, answer(row.status, []byte(row.body)), answer(w.Code, w.Body.Bytes()),
			"a client goes by status and code: after TOKEN_EXPIRED it refreshes, after a 5xx it waits")
		assert.Equal(t, fmt.Sprintf("%q", row.asked), fmt.Sprintf("%q", d.asked),
			"the tokens that the authenticator was asked about: the token without the word Bearer, once, and nothing else")
		assert.Equal(t, ran(row.status == 200), ran(reached), "only a request with a good token may reach the handler")
		if row.status == 401 {
			assert.NotEmpty(t, w.Header().Get("WWW-Authenticate"), "a 401 says how to authenticate (RFC 9110 section 11.6.1)")
		}
		if row.logged == "" {
			assert.Empty(t, book.messages(t), "the log must stay empty: only failures of the server are logged, never a token")
		}
		assert.Contains(t, book.String(), row.logged, "without the cause in the log nobody finds the mistake")

		assert.Equal(t, 401, send(h, get("/row")).Code, "the next request must show a token of its own")
	})
}

// A request that passes goes on as it came, but for the principal.
func TestAuthenticate_handsTheRequestOn(t *testing.T) {
	type row struct {
		name  string
		needs []string
		check func(t *testing.T, inside context.Context, route string)
	}
	rows := []row{
		{name: "the handler finds the principal", check: func(t *testing.T, inside context.Context, _ string) {
			who, ok := middleware.PrincipalFrom(inside)
			require.True(t, ok, "what PrincipalFrom finds in the handler: without a principal it knows nobody")
			assert.True(t, who.HasRole("USER"), "the principal must be the one that the authenticator named")
		}},
		{name: "what others put into the context stays", check: func(t *testing.T, inside context.Context, _ string) {
			assert.Equal(t, "kept", inside.Value(ctxKey{}),
				"the context holds the request id of those further out, and ends when the client leaves")
		}},
		{name: "the route comes out", check: func(t *testing.T, _ context.Context, route string) {
			assert.Equal(t, "GET /row", route, "the access log further out must name the route")
		}},
	}
	for i := range rows {
		rows[i].needs = []string{"1.8"}
	}
	exercise.Rows(t, "1.9", rows, func(t *testing.T, row row) {
		log, _ := newLog()
		var inside context.Context
		mux := http.NewServeMux()
		mux.HandleFunc("GET /row", func(_ http.ResponseWriter, r *http.Request) { inside = r.Context() })
		r := bearer("/row", "Bearer user")
		r = r.WithContext(context.WithValue(r.Context(), ctxKey{}, "kept"))
		send(wrap(t, middleware.Authenticate(log, &door{}), mux), r)
		require.NotNil(t, inside, "the handler must run: the token is good")
		row.check(t, inside, r.Pattern)
	})
}

func TestPrincipalFrom_isNobodyWithoutTheMiddleware(t *testing.T) {
	who, ok := middleware.PrincipalFrom(t.Context())
	assert.False(t, ok)
	assert.Nil(t, who)
}
