package main

import (
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func labOn(c *config.Config) { c.Lab = true }

// raw sends a request past the contract: the lab is not in the document. Host and
// X-Request-Id and Date are no part of what is compared.
func (s *server) raw(method, path string, options ...option) answer {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, nil)
	require.NoError(s.t, err)
	for _, option := range options {
		option(r)
	}
	res, err := http.DefaultTransport.RoundTrip(r)
	require.NoError(s.t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.NoError(s.t, err)
	res.Header.Del("X-Request-Id")
	res.Header.Del("Date")
	return answer{res.StatusCode, res.Header, string(text)}
}

// Who is not to reach the lab must not even learn that there is one.
func TestLab_isNotThere(t *testing.T) {
	paths := []string{"/lab", "/lab/", "/lab/lab.js", "/lab/api/exercises", "/lab/nothing"}
	off, on := newServer(t), newServer(t, labOn)
	for _, method := range []string{"GET", "HEAD", "POST", "OPTIONS", "DELETE"} {
		unknown := off.raw(method, "/nothing")
		require.Equal(t, http.StatusNotFound, unknown.status)
		for _, path := range paths {
			assert.Equal(t, unknown, off.raw(method, path), "off: %s %s", method, path)
			assert.Equal(t, unknown, on.raw(method, path, header("Via", "1.1 proxy")), "on: %s %s", method, path)
		}
		assert.Equal(t, unknown, on.raw(method, "/lab/nothing"), "%s", method)
	}
	assert.NotContains(t, off.raw("GET", "/").body, "/lab/")
}

// An address of this machine is what the lab is for.
func TestLab_startsHere(t *testing.T) {
	for _, env := range []map[string]string{
		{"ADDR": "127.0.0.1:0"}, {"ADDR": "localhost:0"}, {"ADDR": "127.0.0.1:0", "PUBLIC_URL": "http://localhost:8080"},
	} {
		env["LAB"] = "on"
		_, err := config.Read(testkit.Env(env))
		assert.NoError(t, err, "%v", env)
	}
}

func TestLab_isThere(t *testing.T) {
	list := filepath.Join(t.TempDir(), "exercises.json")
	const text = `[{"id":"2.6","name":"checkHeader","file":"02-jwt-basics/header.go","line":17,"whose":"red"}]`
	require.NoError(t, os.WriteFile(list, []byte(`{"exercises":`+text+`}`), 0o600))
	s := newServer(t, labOn, func(c *config.Config) { c.LabExercises = list })
	home := s.raw("GET", "/").body
	assert.Contains(t, home, `<a href="/lab/">`)
	assert.Contains(t, home, "go tool workbook book", "the notes")
	page := s.raw("GET", "/lab/")
	assert.Equal(t, "text/html; charset=utf-8", page.header.Get("Content-Type"))
	assert.Equal(t, "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "+
		"base-uri 'none'; form-action 'self'; frame-ancestors 'none'", page.header.Get("Content-Security-Policy"))
	assert.NotRegexp(t, `<style|style=|<script>| on\w+=`, page.body)
	assert.Equal(t, "text/javascript; charset=utf-8", s.raw("GET", "/lab/lab.js").header.Get("Content-Type"))
	assert.Equal(t, "/lab/", s.raw("GET", "/lab").header.Get("Location"))
	assert.JSONEq(t, text, s.raw("GET", "/lab/api/exercises").body)
}

// The home page and the lab are in the language of the browser, or of their own switch.
func TestPages_areInTheReadersLanguage(t *testing.T) {
	s := newServer(t, labOn)
	for _, path := range []string{"/", "/lab/"} {
		korean := s.raw("GET", path, header("Accept-Language", "ko-KR,ko;q=0.9,en;q=0.8"))
		assert.Contains(t, korean.body, `<html lang="ko">`, path)
		assert.Contains(t, korean.header.Values("Vary"), "Accept-Language, Cookie", path)
		assert.Contains(t, s.raw("GET", path).body, `<html lang="en">`, path)
		assert.Empty(t, korean.header.Get("Set-Cookie"), path)
		kept := s.raw("GET", path+"?lang=ko").header.Get("Set-Cookie")
		require.Contains(t, kept, "lang=ko; Path=/;", path)
		assert.Contains(t, s.raw("GET", path, header("Cookie", "lang=ko")).body, `<html lang="ko">`, path)
	}
}

// A middleware that nobody names with step would be missing in the page.
func TestLab_seesEveryMiddleware(t *testing.T) {
	s := newServer(t, labOn)
	res, err := http.Get(s.url + "/me")
	require.NoError(t, err)
	defer res.Body.Close()
	var way struct {
		Route string
		Steps []struct{ Name string }
		Log   []string
	}
	require.NoError(t, json.Unmarshal([]byte(s.raw("GET", "/lab/api/chain/"+res.Header.Get("X-Request-Id")).body), &way))
	var names []string
	for _, step := range way.Steps {
		names = append(names, step.Name)
	}
	assert.Equal(t, []string{"RequestID", "Observe", "AccessLog", "Recover", "closeWhereUnclear", "noticeProxy",
		"SecurityHeaders", "BodyLimit", "pathsOnly", "ObserveFailures", "Authenticate"}, names)
	assert.Equal(t, "GET /me", way.Route)
	require.Len(t, way.Log, 1)
	assert.Contains(t, way.Log[0], "request_id="+res.Header.Get("X-Request-Id"))
	assert.Contains(t, s.log.String(), res.Header.Get("X-Request-Id"), "the server's own log still has it")
	assert.Equal(t, "null\n", s.raw("GET", "/lab/api/chain/unknown").body)
}
