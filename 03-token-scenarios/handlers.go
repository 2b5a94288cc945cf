package tokens

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"time"

	"example.com/authbook/internal/problem"
)

// Handlers is the chapter on HTTP. Each handler returns its error instead of
// writing it; an adapter answers with it. A handler that fails has not touched
// the cookie: the loser of a race must not take it from the winner.
type Handlers struct {
	sessions *Sessions
	cookie   Cookie
	identity func(context.Context) (Identity, bool)
}

// NewHandlers returns the handlers. identity tells who the bearer check before
// the handler found; false means that there was none.
func NewHandlers(s *Sessions, c Cookie, identity func(context.Context) (Identity, bool)) *Handlers {
	return &Handlers{sessions: s, cookie: c, identity: identity}
}

// OpenSession is the second half of a log-in, after the password was checked at
// passwordVersion. It opens a session, sets the refresh cookie and returns the
// access token. It returns [ErrUserChanged] as it is.
func (h *Handlers) OpenSession(w http.ResponseWriter, r *http.Request, userID string, passwordVersion int64) (string, error) {
	pair, err := h.sessions.Open(r.Context(), userID, passwordVersion)
	if err != nil {
		return "", err
	}
	h.cookie.set(w, pair)
	return pair.AccessToken, nil
}

// Refresh is POST /refresh: the cookie's refresh token against the next pair.
// It answers 200 {"token":"<access token>"} and the next refresh token as a
// cookie.
func (h *Handlers) Refresh(w http.ResponseWriter, r *http.Request) error {
	token, err := h.cookie.read(r)
	if err != nil {
		return err
	}
	pair, err := h.sessions.Refresh(r.Context(), token)
	if err != nil {
		return err
	}
	h.cookie.set(w, pair)
	return writeJSON(w, map[string]string{"token": pair.AccessToken})
}

// LogOut is POST /logout: it ends the session of every token that the request
// carries, cookie or bearer, and answers 204, also where there was nothing to
// end.
func (h *Handlers) LogOut(w http.ResponseWriter, r *http.Request) error {
	tokens := append(h.cookie.all(r), bearers(r)...)
	if err := h.sessions.LogOut(r.Context(), tokens...); err != nil {
		return err
	}
	h.cookie.clear(w)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// LogOutAll is POST /logout/all, behind the bearer check: it ends every session
// of the caller and answers 204.
func (h *Handlers) LogOutAll(w http.ResponseWriter, r *http.Request) error {
	caller, ok := h.identity(r.Context())
	if !ok {
		return problem.New(problem.TokenNotFound, "")
	}
	if err := h.sessions.LogOutAll(r.Context(), caller.ID); err != nil {
		return err
	}
	h.cookie.clear(w)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// Sessions is GET /me/sessions, behind the bearer check: the caller's live
// sessions, the newest first, with times in RFC 3339 and UTC.
func (h *Handlers) Sessions(w http.ResponseWriter, r *http.Request) error {
	caller, ok := h.identity(r.Context())
	if !ok {
		return problem.New(problem.TokenNotFound, "")
	}
	list, err := h.sessions.List(r.Context(), caller.ID)
	if err != nil {
		return err
	}
	views := make([]sessionView, 0, len(list)) // [] in JSON, never null
	for _, s := range list {
		views = append(views, sessionView{s.ID, s.Created.UTC(), s.Rotated.UTC(), s.ID == caller.SessionID})
	}
	return writeJSON(w, map[string][]sessionView{"sessions": views})
}

// sessionView is a session as its user sees it.
type sessionView struct {
	ID       string    `json:"id"`
	Created  time.Time `json:"created"`
	LastUsed time.Time `json:"lastUsed"`
	Current  bool      `json:"current"`
}

// bearers returns the tokens of the Authorization headers (RFC 6750 section
// 2.1). The scheme's case does not count (RFC 9110 section 11.1).
func bearers(r *http.Request) []string {
	var tokens []string
	for _, header := range r.Header.Values("Authorization") {
		scheme, token, _ := strings.Cut(header, " ")
		if strings.EqualFold(scheme, "Bearer") {
			tokens = append(tokens, strings.TrimLeft(token, " "))
		}
	}
	return tokens
}

// writeJSON answers 200. Nothing of this chapter may be kept by a cache.
func writeJSON(w http.ResponseWriter, body any) error {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	// A client that has gone away is the only way this fails, and there is
	// nobody left to tell.
	_ = json.NewEncoder(w).Encode(body)
	return nil
}
