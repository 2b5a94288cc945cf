// Package testserver is a small server that keeps the HTTP contract, for the
// tests of this chapter: in memory, with random tokens instead of signed ones.
// It shares no code with the chapters, so that their blanks do not touch it.
// Each flaw makes it break the contract in one way that [deploy.Verify] must
// notice.
package testserver

import (
	"encoding/json"
	"net/http"
	"sync"

	"example.com/authbook/internal/problem"
)

// Server is the server. Its methods are safe for concurrent use.
type Server struct {
	flaw     Flaw
	revision string
	mu       sync.Mutex
	users    map[string]string // passwords by username
	sessions []*session
}

// New returns a server that says it was built from revision.
func New(flaw Flaw, revision string) *Server {
	return &Server{flaw: flaw, revision: revision, users: map[string]string{}}
}

// Users returns how many users there are.
func (s *Server) Users() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.users)
}

// Handler returns the surface that Verify looks at. ready and alive answer the
// two questions of health; nil stands for 200.
func (s *Server) Handler(ready http.Handler) http.Handler {
	mux := http.NewServeMux()
	ok := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		answer(w, 200, map[string]string{"status": "ok"})
	})
	if ready == nil {
		ready = ok
	}
	if s.flaw == NotReady {
		ready = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { s.refuse(w, problem.Unavailable) })
	}
	mux.Handle("GET /healthz", ok)
	mux.Handle("GET /readyz", ready)
	mux.HandleFunc("GET /version", s.version)
	if s.flaw != SwaggerOff {
		mux.HandleFunc("GET /swagger/index.html", s.swagger)
		mux.HandleFunc("GET /openapi.json", s.document)
	}
	for pattern, handler := range map[string]http.HandlerFunc{
		"POST /signup": s.signUp, "POST /login": s.logIn, "GET /me": s.me, "POST /refresh": s.doRefresh,
		"POST /logout": s.logOut, "DELETE /me": s.remove,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			s.mu.Lock()
			defer s.mu.Unlock()
			handler(w, r)
		})
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { s.refuse(w, problem.NotFound) })
	return s.headers(mux)
}

func (s *Server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.flaw != NoHeaders {
			w.Header().Set("X-Content-Type-Options", "nosniff")
			w.Header().Set("X-Frame-Options", "DENY")
			w.Header().Set("Referrer-Policy", "no-referrer")
			w.Header().Set("Cache-Control", "no-store")
			w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
			if r.TLS != nil {
				w.Header().Set("Strict-Transport-Security", "max-age=31536000")
			}
		}
		next.ServeHTTP(w, r)
	})
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v)
}

func (s *Server) refuse(w http.ResponseWriter, code problem.Code) {
	if s.flaw == PlainErrors {
		http.Error(w, string(code), code.Status())
		return
	}
	problem.Write(w, problem.New(code, ""))
}

func (s *Server) version(w http.ResponseWriter, _ *http.Request) {
	v := map[string]any{"version": "(devel)", "revision": s.revision, "modified": false, "goVersion": "go1.26"}
	if s.flaw == NoVersion {
		delete(v, "revision")
	}
	answer(w, 200, v)
}

func (s *Server) swagger(w http.ResponseWriter, _ *http.Request) {
	if s.flaw == NoSwagger {
		s.refuse(w, problem.NotFound)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(`<div id="swagger-ui"></div>`))
}

func (s *Server) document(w http.ResponseWriter, _ *http.Request) {
	d := map[string]any{"openapi": "3.1.0", "paths": map[string]any{"/login": map[string]any{}}}
	if s.flaw == OldDocument {
		d = map[string]any{"swagger": "2.0"}
	}
	answer(w, 200, d)
}
