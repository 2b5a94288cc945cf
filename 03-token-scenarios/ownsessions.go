package tokens

import (
	"cmp"
	"net/http"
	"time"
)

// sessionView is a session as its user sees it.
type sessionView struct {
	ID       string    `json:"id"`
	Created  time.Time `json:"created"`
	LastUsed time.Time `json:"lastUsed"`
	Device   string    `json:"device"`
	Network  string    `json:"network"`
	Current  bool      `json:"current"`
}

// unknown is what the list says where a session has no device or no network.
const unknown = "unknown"

// Sessions is GET /me/sessions, behind the bearer check: the caller's live
// sessions, the newest first, with times in RFC 3339 and UTC. The last use is
// told to the minute: with more, a thief would know when to follow.
func (h *Handlers) Sessions(w http.ResponseWriter, r *http.Request) error {
	caller, err := h.caller(r)
	if err != nil {
		return err
	}
	list, err := h.config.Sessions.List(r.Context(), caller.User.ID)
	if err != nil {
		return err
	}
	views := make([]sessionView, 0, len(list)) // [] in JSON, never null
	for _, s := range list {
		views = append(views, sessionView{
			ID:       s.ID,
			Created:  s.Created.UTC(),
			LastUsed: s.Rotated.UTC().Truncate(time.Minute),
			Device:   cmp.Or(s.Device, unknown),
			Network:  cmp.Or(s.Network, unknown),
			Current:  s.ID == caller.Session.ID,
		})
	}
	return writeJSON(w, map[string][]sessionView{"sessions": views})
}

// EndSession is DELETE /me/sessions/{id}, behind the bearer check: it ends one
// live session of the caller, which may be the one that asks, and answers 204.
// Any other id gets one and the same 404, so that nobody learns which sessions
// others have. The cookie stays: a session that is over gives it no token.
func (h *Handlers) EndSession(w http.ResponseWriter, r *http.Request) error {
	caller, err := h.caller(r)
	if err != nil {
		return err
	}
	id := r.PathValue("id")
	if err := h.config.Sessions.End(r.Context(), caller.User.ID, id); err != nil {
		h.audit(r, "session_end_failed", caller.Session, err) // the id may be any text
		return err
	}
	h.audit(r, "session_end", Session{ID: id, UserID: caller.User.ID}, nil)
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// EndOtherSessions is DELETE /me/sessions, behind the bearer check: it ends
// every session of the caller but the one that asks, and answers 204.
func (h *Handlers) EndOtherSessions(w http.ResponseWriter, r *http.Request) error {
	caller, err := h.caller(r)
	if err != nil {
		return err
	}
	if err := h.config.Sessions.EndOthers(r.Context(), caller.User.ID, caller.Session.ID); err != nil {
		h.audit(r, "session_end_others_failed", caller.Session, err)
		return err
	}
	h.audit(r, "session_end_others", caller.Session, nil)
	w.WriteHeader(http.StatusNoContent)
	return nil
}
