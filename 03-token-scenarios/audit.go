package tokens

import (
	"errors"
	"log/slog"
	"net/http"

	"example.com/authbook/internal/problem"
)

// auditRefresh records what became of a refresh token. A request without one
// is no event: a client asks in this way whether it is logged in. A token that
// is answered again is an event of its own: most often an answer got lost, but a
// thief who follows each rotation within the grace shows in nothing else.
func (h *Handlers) auditRefresh(r *http.Request, pair Pair, err error) {
	switch {
	case err == nil && pair.Repeated:
		h.audit(r, "refresh_repeated", pair.Session, nil)
	case err == nil:
		h.audit(r, "refresh", pair.Session, nil)
	case errors.Is(err, ErrReused):
		h.audit(r, "refresh_reuse", pair.Session, err)
	case problem.From(err).Code != problem.TokenNotFound:
		h.audit(r, "refresh_failed", pair.Session, err)
	}
}

// auditLogOut records a log-out, once for each session. It records nothing
// where the request named none.
func (h *Handlers) auditLogOut(r *http.Request, named []Session, err error) {
	event := "logout"
	if err != nil {
		event = "logout_failed"
	}
	recorded := map[string]bool{}
	for _, session := range named {
		if !recorded[session.ID] {
			h.audit(r, event, session, err)
		}
		recorded[session.ID] = true
	}
}

// audit records an event: where it came from, whose session it is about, if
// that is known, and why it failed. code is what the client read, and reason
// is what it did not.
func (h *Handlers) audit(r *http.Request, event string, session Session, err error) {
	attrs := []slog.Attr{slog.String("address", h.config.Address(r))}
	if session.ID != "" {
		attrs = append(attrs, slog.String("user_id", session.UserID), slog.String("session_id", session.ID))
	}
	if err != nil {
		attrs = append(attrs, slog.String("code", string(problem.From(err).Code)), slog.String("reason", err.Error()))
	}
	h.config.Audit(r.Context(), event, attrs...)
}
