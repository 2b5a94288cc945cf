package middleware_test

import (
	"net/http"
	"strings"
	"testing"

	"example.com/authbook/01-middleware"
	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
)

func TestSecurityHeaders(t *testing.T) {
	type row struct {
		name    string
		handler http.HandlerFunc
		header  string // of the answer
		want    string
		why     string
	}
	page := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
		w.WriteHeader(http.StatusOK)
	}
	refuse := func(w http.ResponseWriter, _ *http.Request) { problem.Write(w, problem.New(problem.NotFound, "")) }
	twice := func(w http.ResponseWriter, r *http.Request) {
		middleware.SecurityHeaders(http.HandlerFunc(ok)).ServeHTTP(w, r)
	}
	rows := []row{
		{"an answer has the first header", ok, "X-Content-Type-Options", "nosniff",
			"without it a browser may guess the type, and run an answer as a script"},
		{"an answer has the others too", ok, "Cache-Control", "no-store",
			"strict has seven headers, and each closes another hole"},
		{"a refusal has them too", refuse, "X-Frame-Options", "DENY",
			"a page of an attacker can show an error page like any other"},
		{"a handler can choose its own value", page, "Content-Security-Policy", "default-src 'self'",
			"the headers are defaults, set before the handler runs"},
		{"the others stay when it does", page, "X-Content-Type-Options", "nosniff",
			"one exception is not an exception from all"},
		{"two in one chain still send each header once", twice, "X-Content-Type-Options", "nosniff",
			"clients have different rules for a header that comes twice"},
	}
	exercise.Rows(t, "1.1", rows, func(t *testing.T, row row) {
		w := send(wrap(t, middleware.SecurityHeaders, row.handler), get("/"))
		got := w.Result().Header.Values(row.header) // as they were sent
		assert.Equal(t, row.want, strings.Join(got, " and "),
			"the value of the header %s, which must be sent once. Why: %s", row.header, row.why)
	})
}

func TestSecurityHeaders_handsTheRequestOn(t *testing.T) {
	exercise.Needs(t, "1.1")
	w := send(wrap(t, middleware.SecurityHeaders, http.HandlerFunc(ok)), get("/"))
	assert.Equal(t, "200 ok", answer(w.Code, w.Body.Bytes()),
		"the answer must be that of the handler, which must run for it")
}
