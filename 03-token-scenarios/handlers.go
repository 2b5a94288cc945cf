package tokens

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"

	"example.com/authbook/internal/problem"
)

// Config is what [Handlers] work with. Every field is needed.
type Config struct {
	Sessions *Sessions
	Cookie   Cookie
	// Caller returns whom the bearer check before the handler found; false
	// means that there was no such check.
	Caller func(context.Context) (Snapshot, bool)
	// Address is where the audit log says that a request came from.
	Address func(*http.Request) string
	// Client is what a session keeps of where it was opened. Its texts are
	// short and printable.
	Client func(*http.Request) Client
	// Audit records an authentication event. No attribute holds a token or
	// other text that a client chose. The events are refresh, logout,
	// logout_all, session_end and session_end_others, each also with _failed;
	// refresh_repeated, refresh_reuse and session_displaced.
	// They have an address; a user_id and a session_id if the token is
	// genuine; and a code and a reason if they failed.
	Audit func(ctx context.Context, event string, attrs ...slog.Attr)
}

// Handlers is the chapter on HTTP. Each handler returns its error instead of
// writing it; an adapter answers with it. A handler that fails has not touched
// the cookie: the loser of a race must not take it from the winner.
type Handlers struct{ config Config }

// NewHandlers returns the handlers.
func NewHandlers(c Config) *Handlers { return &Handlers{c} }

// OpenSession is the second half of a log-in, after the password was checked at
// passwordVersion. It opens a session, sets the refresh cookie and returns the
// access token. It returns [ErrUserChanged] as it is.
func (h *Handlers) OpenSession(
	w http.ResponseWriter, r *http.Request, userID string, passwordVersion int64,
) (string, error) {
	pair, err := h.config.Sessions.Open(r.Context(), userID, passwordVersion, h.config.Client(r))
	if err != nil {
		return "", err
	}
	for _, id := range pair.Displaced {
		h.audit(r, "session_displaced", Session{ID: id, UserID: userID}, nil)
	}
	h.config.Cookie.set(w, pair)
	return pair.AccessToken, nil
}

// Renewable reports whether the request carries a refresh token of the session,
// of any generation: who changes the password has proved more than a token does.
func (h *Handlers) Renewable(r *http.Request, sessionID string) bool {
	token, err := h.config.Cookie.read(r)
	if err != nil {
		return false
	}
	presented, err := unseal(h.config.Sessions.mac, token)
	return err == nil && presented.sessionID == sessionID
}

// SetRenewed sets the refresh cookie of a session that a change of the password
// has renewed: see [MemoryStore.Renew].
func (h *Handlers) SetRenewed(w http.ResponseWriter, r *http.Request, sessionID string) error {
	pair, err := h.config.Sessions.current(r.Context(), sessionID)
	if err != nil {
		return err
	}
	h.config.Cookie.set(w, pair)
	return nil
}

// Refresh is POST /refresh: the cookie's refresh token against the next pair.
// It answers 200 {"token":"<access token>"} and the next refresh token as a
// cookie.
func (h *Handlers) Refresh(w http.ResponseWriter, r *http.Request) error {
	pair, err := h.refresh(r)
	h.auditRefresh(r, pair, err)
	if err != nil {
		return err
	}
	h.config.Cookie.set(w, pair)
	return writeJSON(w, map[string]string{"token": pair.AccessToken})
}

// refresh exchanges the token of the request's cookie.
func (h *Handlers) refresh(r *http.Request) (Pair, error) {
	token, err := h.config.Cookie.read(r)
	if err != nil {
		return Pair{}, err
	}
	return h.config.Sessions.Refresh(r.Context(), token)
}

// LogOut is POST /logout: it ends the session of every token that the request
// carries, cookie or bearer, and answers 204, also where there was nothing to
// end.
func (h *Handlers) LogOut(w http.ResponseWriter, r *http.Request) error {
	tokens := append(h.config.Cookie.all(r), bearers(r)...)
	named, err := h.config.Sessions.LogOut(r.Context(), tokens...)
	h.auditLogOut(r, named, err)
	if err != nil {
		return err
	}
	h.config.Cookie.clear(w)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// LogOutAll is POST /logout/all, behind the bearer check: it ends every session
// of the caller and answers 204.
func (h *Handlers) LogOutAll(w http.ResponseWriter, r *http.Request) error {
	caller, err := h.caller(r)
	if err != nil {
		return err
	}
	if err := h.config.Sessions.LogOutAll(r.Context(), caller.User.ID); err != nil {
		h.audit(r, "logout_all_failed", caller.Session, err)
		return err
	}
	h.audit(r, "logout_all", caller.Session, nil)
	h.config.Cookie.clear(w)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// caller returns who sends the request. It fails closed: a route without the
// bearer check in front of it answers 401.
func (h *Handlers) caller(r *http.Request) (Snapshot, error) {
	caller, ok := h.config.Caller(r.Context())
	if !ok {
		return Snapshot{}, problem.New(problem.TokenNotFound, "")
	}
	return caller, nil
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
