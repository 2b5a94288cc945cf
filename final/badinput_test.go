package main

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"example.com/authbook/final/internal/config"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every route that reads a body refuses the same things in the same way.
func TestBodies_areReadStrictly(t *testing.T) {
	s := newServer(t)
	s.signUp()
	access, _ := s.logIn()
	s.makeAdmin("jin ho")
	routes := []struct{ method, path string }{
		{"POST", "/signup"}, {"POST", "/login"}, {"PUT", "/me/password"}, {"DELETE", "/me"},
		{"PATCH", "/admin/users/JIN%20HO/roles"},
	}
	rows := []struct {
		name, body, contentType, code string
	}{
		{"no body", "", "application/json", "MALFORMED_REQUEST"},
		{"no object", `"text"`, "application/json", "MALFORMED_REQUEST"},
		{"two objects", `{}{}`, "application/json", "MALFORMED_REQUEST"},
		{"half an object", `{"username":`, "application/json", "MALFORMED_REQUEST"},
		{"deep nesting", strings.Repeat(`{"a":`, 2000), "application/json", "MALFORMED_REQUEST"},
		{"a byte order mark", "\ufeff{}", "application/json", "MALFORMED_REQUEST"},
		{"invalid UTF-8", "{\"username\":\"\xff\"}", "application/json", "MALFORMED_REQUEST"},
		{"an unknown member", `{"surprise":1}`, "application/json", "VALIDATION_FAILED"},
		{"a form", "username=x", "application/x-www-form-urlencoded", "UNSUPPORTED_MEDIA_TYPE"},
		{"no media type", "{}", "", "UNSUPPORTED_MEDIA_TYPE"},
		{"too much", `{"username":"` + strings.Repeat("x", 20_000) + `"}`, "application/json", "PAYLOAD_TOO_LARGE"},
	}
	for _, route := range routes {
		for _, row := range rows {
			t.Run(route.method+" "+route.path+" with "+row.name, func(t *testing.T) {
				a := s.do(route.method, route.path, row.body, bearer(access), header("Content-Type", row.contentType))
				assert.Equal(t, row.code, a.code(), a.body)
				assert.Equal(t, "application/problem+json", a.header.Get("Content-Type"))
			})
		}
	}
	assert.Equal(t, http.StatusOK, s.me(access), "after all that the user is unchanged")
}

func TestSurface_answersWhatIsNotThereWithProblems(t *testing.T) {
	s := newServer(t)
	rows := []struct {
		name, method, path string
		status             int
		allow              string
	}{
		{"an unknown path", "GET", "/nothing", 404, ""},
		{"an unknown file of Swagger UI", "GET", "/swagger/nothing.js", 404, ""},
		{"a method that a path does not take", "GET", "/login", 405, "POST"},
		{"a path with two methods", "POST", "/me", 405, "GET, HEAD, DELETE"},
		{"an invented method", "BREW", "/me", 405, "GET, HEAD, DELETE"},
		{"a method on the page", "POST", "/", 405, "GET, HEAD"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			a := s.do(row.method, row.path, "")
			assert.Equal(t, row.status, a.status, a.body)
			assert.Equal(t, row.allow, a.header.Get("Allow"))
			assert.Equal(t, "application/problem+json", a.header.Get("Content-Type"))
			assert.NotEmpty(t, a.header.Get("X-Request-Id"))
		})
	}
}

func TestSurface_withoutSwagger(t *testing.T) {
	s := newServer(t, func(c *config.Config) { c.Swagger = false })
	for _, path := range []string{"/swagger/", "/swagger/index.html", "/openapi.json"} {
		assert.Equal(t, http.StatusNotFound, s.do("GET", path, "").status, path)
	}
	a := s.do("GET", "/", "")
	assert.Equal(t, http.StatusOK, a.status)
	assert.NotContains(t, a.body, "swagger", "a link that leads nowhere")
}

func TestHome_namesThePublicURL(t *testing.T) {
	s := newServer(t, func(c *config.Config) { c.PublicURL = "https://auth.example.com" })
	a := s.do("GET", "/", "")
	assert.Contains(t, a.body, "\n     https://auth.example.com/signup</code>")
	assert.NotContains(t, a.body, "localhost")
	style := regexp.MustCompile(`(?s)<style>(.*)</style>`).FindStringSubmatch(a.body)
	require.NotNil(t, style)
	sum := sha256.Sum256([]byte(style[1]))
	assert.Contains(t, a.header.Get("Content-Security-Policy"), "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'")
}

func TestSurface_forReadersAndOperators(t *testing.T) {
	s := newServer(t)
	for path, want := range map[string]string{
		"/":                   "/swagger/",
		"/healthz":            `{"status":"ok"}`,
		"/readyz":             `{"status":"ready"}`,
		"/version":            `"goVersion":"go1.`,
		"/openapi.json":       `"openapi":"3.1`,
		"/swagger/index.html": "swagger-ui",
	} {
		a := s.do("GET", path, "")
		assert.Equal(t, http.StatusOK, a.status, path)
		assert.Contains(t, a.body, want)
		assert.Equal(t, "nosniff", a.header.Get("X-Content-Type-Options"), path)
		assert.NotContains(t, a.header.Get("Content-Security-Policy"), "script-src 'unsafe-inline'", path)
		assert.Equal(t, http.StatusOK, s.do("HEAD", path, "").status, path)
	}
	assert.Equal(t, http.StatusFound, s.do("GET", "/swagger/", "").status)
}
