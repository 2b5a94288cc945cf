package testserver

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"strings"

	"example.com/authbook/internal/problem"
)

// session is one log-in of a user, with the tokens that it was given.
type session struct {
	username  string
	access    []string // every access token
	refresh   []string // every refresh token, the newest last
	noAccess  bool     // the access tokens have ended
	noRefresh bool
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
	if len(sess.access) == 0 || s.flaw != RefreshedIsDead {
		sess.access = append(sess.access, access)
	}
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
