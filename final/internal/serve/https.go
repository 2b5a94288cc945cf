package serve

import (
	"net/http"
	"strings"

	"example.com/authbook/internal/problem"
)

// challengePath is where the authority looks for proof (RFC 8555 section 8.3).
const challengePath = "/.well-known/acme-challenge/"

// hideChallengeErrors answers 404 where autocert has no proof to show. Its own
// answer is the error's text, which can name our folder: anybody may ask for a
// file whose name is too long.
func hideChallengeErrors(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, challengePath) {
			w = &challengeWriter{ResponseWriter: w}
		}
		next.ServeHTTP(w, r)
	})
}

// challengeWriter lets a 200 pass and turns every other answer into a 404.
type challengeWriter struct {
	http.ResponseWriter
	refused bool
}

func (w *challengeWriter) WriteHeader(int) { // a 200 goes without
	w.refused = true
	problem.Write(w.ResponseWriter, problem.New(problem.NotFound, ""))
}

func (w *challengeWriter) Write(p []byte) (int, error) {
	if w.refused {
		return len(p), nil
	}
	return w.ResponseWriter.Write(p)
}
