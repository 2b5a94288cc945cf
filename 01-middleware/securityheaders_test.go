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

func TestSecurityHeaders_handsTheRequestOn(t *testing.T) {
	exercise.Needs(t, "1.3")
	w := send(wrap(t, middleware.SecurityHeaders, http.HandlerFunc(ok)), get("/"))
	assert.Equal(t, "200 ok", answer(w.Code, w.Body.Bytes()),
		"the answer must be that of the handler, which must run for it")
}

func TestSecurityHeaders(t *testing.T) {
	type row struct {
		name    string
		handler http.HandlerFunc
		header  string
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
		{"the type is not guessed", ok, "X-Content-Type-Options", "nosniff",
			"a browser could run an answer as a script"},
		{"an answer loads nothing and stands in no frame", ok,
			"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
			"a page of an attacker could show the answer as its own"},
		{"old browsers don't frame it either", ok, "X-Frame-Options", "DENY",
			"browsers that don't know frame-ancestors could show it in a false page"},
		{"the address stays here", ok, "Referrer-Policy", "no-referrer",
			"the next site that the person opens would learn this address"},
		{"no window of another site reaches in", ok, "Cross-Origin-Opener-Policy", "same-origin",
			"the other window could move this one to a false page"},
		{"no other site embeds it", ok, "Cross-Origin-Resource-Policy", "same-origin",
			"the process of a false page would hold the answer"},
		{"nothing is kept", ok, "Cache-Control", "no-store", "a shared cache could hand it to the next person"},
		{"a handler can choose its own value", page, "Content-Security-Policy", "default-src 'self'",
			"the headers are defaults, set before the handler runs"},
		{"the others stay when it does", page, "X-Content-Type-Options", "nosniff",
			"one exception is not an exception from all"},
		{"two in one chain still send each header once", twice, "X-Content-Type-Options", "nosniff",
			"each reader has its own rule for a header that comes twice"},
		{"a refusal has them too", refuse, "X-Frame-Options", "DENY", "an error page can be framed like any other"},
	}
	exercise.Rows(t, "1.3", rows, func(t *testing.T, row row) {
		w := send(wrap(t, middleware.SecurityHeaders, row.handler), get("/"))
		got := w.Result().Header.Values(row.header) // as they were sent
		assert.Equal(t, row.want, strings.Join(got, " and "),
			"the value of the header %s, which must be sent once. Why: %s", row.header, row.why)
	})
}
