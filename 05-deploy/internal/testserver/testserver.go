// Package testserver is a small server that keeps the HTTP contract, for the
// tests of this chapter: in memory, with random tokens instead of signed ones.
// It shares no code with the chapters, so that their blanks do not touch it.
// Each flaw makes it break the contract in one way that [deploy.Verify] must
// notice.
package testserver

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"strings"
	"sync"

	"example.com/authbook/internal/problem"
)

// Flaw is one way to break the contract. The empty one keeps it.
type Flaw string

// The flaws.
const (
	None                 Flaw = ""
	NotReady             Flaw = "not-ready"
	NoVersion            Flaw = "no-version"
	NoHeaders            Flaw = "no-security-headers"
	PlainErrors          Flaw = "errors-are-plain-text"
	NoSwagger            Flaw = "no-swagger-ui"
	OldDocument          Flaw = "swagger-2-document"
	SignUpIs200          Flaw = "sign-up-answers-200"
	TakesTakenNames      Flaw = "takes-taken-names"
	ShowsHash            Flaw = "shows-the-password-hash"
	MakesAdmins          Flaw = "everybody-is-an-administrator"
	AnyPassword          Flaw = "never-checks-the-password"
	CookieForScripts     Flaw = "cookie-without-httponly"
	TokenInBody          Flaw = "refresh-token-in-the-body"
	MeWithoutToken       Flaw = "me-without-a-token"
	KeepsRefreshToken    Flaw = "refresh-does-not-rotate"
	ForgivesReuse        Flaw = "forgives-reuse"
	ReuseKeepsSession    Flaw = "reuse-keeps-the-session"
	LogOutForgetsAccess  Flaw = "log-out-keeps-the-access-token"
	LogOutForgetsRefresh Flaw = "log-out-keeps-the-refresh-token"
	DeleteDoesNothing    Flaw = "delete-does-nothing"
	DeleteFails          Flaw = "delete-fails"
)

// SwaggerOff is no flaw but a setting: neither Swagger UI nor its document is
// there.
const SwaggerOff Flaw = "swagger-is-off"

// Server is the server. Its methods are safe for concurrent use.
type Server struct {
	flaw     Flaw
	revision string
	mu       sync.Mutex
	users    map[string]string // passwords by username
	sessions []*session
}

type session struct {
	username  string
	access    []string // every access token
	refresh   []string // every refresh token, the newest last
	noAccess  bool     // the access tokens have ended
	noRefresh bool
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
	ok := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { answer(w, 200, map[string]string{"status": "ok"}) })
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

func read(r *http.Request) map[string]string {
	var in map[string]string
	_ = json.NewDecoder(r.Body).Decode(&in)
	return in
}

func (s *Server) signUp(w http.ResponseWriter, r *http.Request) {
	in := read(r)
	if _, taken := s.users[in["username"]]; taken && s.flaw != TakesTakenNames {
		s.refuse(w, problem.UserAlreadyExists)
		return
	}
	s.users[in["username"]] = in["password"]
	status := http.StatusCreated
	if s.flaw == SignUpIs200 {
		status = http.StatusOK
	}
	answer(w, status, s.view(in["username"]))
}

func (s *Server) view(username string) map[string]any {
	role := "USER"
	if s.flaw == MakesAdmins {
		role = "ADMIN"
	}
	v := map[string]any{"username": username, "nickname": "Check", "roles": []any{map[string]string{"role": role}}}
	if s.flaw == ShowsHash {
		v["passwordHash"] = "$argon2id$…"
	}
	return v
}

func (s *Server) logIn(w http.ResponseWriter, r *http.Request) {
	in := read(r)
	password, known := s.users[in["username"]]
	if !known || (password != in["password"] && s.flaw != AnyPassword) {
		s.refuse(w, problem.InvalidCredentials)
		return
	}
	sess := &session{username: in["username"]}
	s.sessions = append(s.sessions, sess)
	s.issue(w, r, sess)
}

func (s *Server) issue(w http.ResponseWriter, r *http.Request, sess *session) {
	refresh := rand.Text()
	if s.flaw == KeepsRefreshToken && sess.refresh != nil {
		refresh = sess.refresh[0]
	}
	sess.refresh = append(sess.refresh, refresh)
	s.send(w, r, sess)
}

// send answers with the session's newest refresh token and a new access token.
func (s *Server) send(w http.ResponseWriter, r *http.Request, sess *session) {
	access, refresh := rand.Text(), sess.refresh[len(sess.refresh)-1]
	sess.access = append(sess.access, access)
	http.SetCookie(w, &http.Cookie{
		Name: cookieName(r), Value: refresh, Path: "/", Secure: r.TLS != nil,
		HttpOnly: s.flaw != CookieForScripts, SameSite: http.SameSiteStrictMode,
	})
	body := map[string]string{"token": access}
	if s.flaw == TokenInBody {
		body["refreshToken"] = refresh
	}
	answer(w, 200, body)
}

func cookieName(r *http.Request) string {
	if r.TLS != nil {
		return "__Host-refresh"
	}
	return "refresh"
}

func (s *Server) byAccess(r *http.Request) (*session, problem.Code) {
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return nil, problem.TokenNotFound
	}
	for _, sess := range s.sessions {
		for _, access := range sess.access {
			if access == token && !sess.noAccess {
				return sess, ""
			}
		}
	}
	return nil, problem.InvalidToken
}

func (s *Server) me(w http.ResponseWriter, r *http.Request) {
	sess, code := s.byAccess(r)
	if code == problem.TokenNotFound && s.flaw == MeWithoutToken {
		answer(w, 200, s.view(""))
		return
	}
	if code != "" {
		s.refuse(w, code)
		return
	}
	answer(w, 200, s.view(sess.username))
}

func (s *Server) doRefresh(w http.ResponseWriter, r *http.Request) {
	cookie, err := r.Cookie(cookieName(r))
	if err != nil {
		s.refuse(w, problem.TokenNotFound)
		return
	}
	for _, sess := range s.sessions {
		for i, token := range sess.refresh {
			if token != cookie.Value || sess.noRefresh {
				continue
			}
			if i == len(sess.refresh)-1 || s.flaw == ForgivesReuse || s.flaw == KeepsRefreshToken {
				s.issue(w, r, sess)
				return
			}
			if i == len(sess.refresh)-2 { // its answer may have got lost: the same successor again
				s.send(w, r, sess)
				return
			}
			if s.flaw != ReuseKeepsSession {
				sess.noAccess, sess.noRefresh = true, true
			}
		}
	}
	s.refuse(w, problem.InvalidToken)
}

func (s *Server) logOut(w http.ResponseWriter, r *http.Request) {
	if sess, code := s.byAccess(r); code == "" {
		sess.noAccess = s.flaw != LogOutForgetsAccess
		sess.noRefresh = s.flaw != LogOutForgetsRefresh
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) remove(w http.ResponseWriter, r *http.Request) {
	sess, code := s.byAccess(r)
	switch {
	case code != "":
		s.refuse(w, code)
	case s.flaw == DeleteFails:
		s.refuse(w, problem.Internal)
	default:
		if s.flaw != DeleteDoesNothing {
			delete(s.users, sess.username)
		}
		w.WriteHeader(http.StatusNoContent)
	}
}
