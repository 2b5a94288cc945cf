package web

import (
	"net/http"
	"path"
	"strings"

	"example.com/authbook/internal/problem"
)

// pathsOnly answers requests whose target is no path of ours, whatever the
// patterns are. OPTIONS * asks about the server as a whole, and CONNECT host:port
// for a tunnel (RFC 9112 sections 3.2.3 and 3.2.4). A path such as //me is not
// listed, and so is not there: ServeMux would redirect it to what it takes for the
// same.
func pathsOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.RequestURI == "*":
			problem.Write(w, problem.New(problem.MalformedRequest, "The request names no path."))
		case r.Method == http.MethodConnect && !strings.HasPrefix(r.URL.Path, "/"):
			w.Header().Set("Allow", "") // no method is allowed (RFC 9110 section 10.2.1)
			problem.Write(w, problem.New(problem.MethodNotAllowed, "This server is no proxy."))
		case !isClean(r.URL.EscapedPath()):
			problem.Write(w, problem.New(problem.NotFound, ""))
		default:
			next.ServeHTTP(w, r)
		}
	})
}

// isClean reports whether a path has no empty part and none that is . or .. in
// it; a slash at its end counts. The empty path is the path / (RFC 9110 section
// 4.2.3), to which ServeMux leads.
func isClean(escaped string) bool {
	clean := path.Clean(escaped)
	isPath := escaped == clean || escaped == clean+"/" && clean != "/"
	return escaped == "" || escaped[0] == '/' && isPath
}
