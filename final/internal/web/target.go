package web

import (
	"net/http"
	"strings"

	"example.com/authbook/internal/problem"
)

// pathsOnly answers requests whose target is no path: OPTIONS * asks about the
// server as a whole, and CONNECT host:port for a tunnel (RFC 9112 sections 3.2.3
// and 3.2.4). No pattern can match these, and ServeMux answers them without a
// problem.
func pathsOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.RequestURI == "*":
			problem.Write(w, problem.New(problem.MalformedRequest, "The request names no path."))
		case r.Method == http.MethodConnect && !strings.HasPrefix(r.URL.Path, "/"):
			w.Header().Set("Allow", "") // no method is allowed (RFC 9110 section 10.2.1)
			problem.Write(w, problem.New(problem.MethodNotAllowed, "This server is no proxy."))
		default:
			next.ServeHTTP(w, r)
		}
	})
}
