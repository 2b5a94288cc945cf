package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"

	"example.com/authbook/internal/attack"
	"example.com/authbook/internal/problem"
)

// warningHeader is on every answer.
const warningHeader = "X-Practice-Server"

// marked makes every answer say what this server is: in a header, and in a member
// of every JSON object. It tells the tool of each answer.
func marked(w attack.World, next http.Handler, tell func(attack.Event)) http.Handler {
	return http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		in := httptest.NewRecorder()
		next.ServeHTTP(in, r)
		body := in.Body.Bytes()
		tell(attack.Event{Answer: answerOf(r, in.Code, body), Flag: holdsFlag(w, r, body)})
		header := out.Header()
		maps.Copy(header, in.Header())
		header.Del("Content-Length")
		header.Set(warningHeader, w.Says)
		out.WriteHeader(in.Code)
		if strings.Contains(header.Get("Content-Type"), "json") {
			body = withMember(body, w.Says)
		}
		_, _ = out.Write(body)
	})
}

// withMember puts the warning in front of the other members of a JSON object.
func withMember(body []byte, says string) []byte {
	rest, ok := bytes.CutPrefix(body, []byte(`{"`))
	if !ok {
		return body
	}
	text, err := json.Marshal(says)
	if err != nil {
		return body
	}
	return slices.Concat([]byte(`{"practiceServer":`), text, []byte(`,"`), rest)
}

// answerOf is what the tool compares: "GET /me 401 INVALID_TOKEN".
func answerOf(r *http.Request, status int, body []byte) string {
	var said struct{ Code string }
	_ = json.Unmarshal(body, &said) // most answers are no problems
	return strings.TrimSpace(fmt.Sprintf("%s %s %d %s", r.Method, r.URL.Path, status, said.Code))
}

// holdsFlag leaves out what the server publishes itself.
func holdsFlag(w attack.World, r *http.Request, body []byte) bool {
	return !strings.HasPrefix(r.URL.Path, knownPath) && bytes.Contains(body, []byte(w.Flag))
}

// onlyLoopback refuses a request for any other host: a page on the internet can
// send a browser here under its own name (DNS rebinding).
func onlyLoopback(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isLoopback(r.Host) {
			problem.Write(w, problem.New(problem.AccessDenied, "This server answers to localhost alone."))
			return
		}
		next.ServeHTTP(w, r)
	})
}

func isLoopback(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	addr, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && addr.IsLoopback()
}
