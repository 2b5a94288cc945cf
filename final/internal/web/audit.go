package web

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	middleware "example.com/authbook/01-middleware"
	"example.com/authbook/final/internal/plugs"
	"example.com/authbook/internal/problem"
)

// audit records an authentication event: what, who, from where, in which
// request. It is the hook of chapters 03 and 04, which know what happened. The
// attributes hold ids that this server made, never a name, a password, a token
// or other text that a client chose. docs/security.md lists the events.
func (a *App) audit(ctx context.Context, event string, attrs ...slog.Attr) {
	if a.lab != nil {
		a.lab.Audit(ctx, event, attrs)
	}
	a.metrics.events.WithLabelValues(a.countedAs(ctx, event, attrs)).Inc()
	if costsNothing(event, attrs) && !a.refusals.take(textIn(attrs, "address")) {
		return
	}
	a.trail.Record(ctx, event, append(attrs, slog.String("request_id", middleware.RequestIDFrom(ctx)))...)
}

// auditRefused records a token that was refused. It is for
// [middleware.ObserveFailures], around the bearer check.
func (a *App) auditRefused(r *http.Request, err error) {
	if isBadToken(err) {
		a.audit(r.Context(), "token_refused", a.from(r),
			slog.String("code", string(problem.InvalidToken)), slog.String("reason", err.Error()))
	}
}

// isBadToken leaves out one that has only expired: that is everyday life.
func isBadToken(err error) bool { return err != nil && problem.From(err).Code == problem.InvalidToken }

// auditDenied records who asked for what only an administrator may do. It is
// for [middleware.Observe], inside the bearer check.
func (a *App) auditDenied(r *http.Request, status int, _ time.Duration) {
	if status != http.StatusForbidden {
		return
	}
	who, _ := plugs.Caller(r.Context())
	a.audit(r.Context(), "access_denied", a.from(r),
		slog.String("user_id", who.ID), slog.String("session_id", who.SessionID), slog.String("route", r.Pattern))
}

func (a *App) from(r *http.Request) slog.Attr { return slog.String("address", a.address(r)) }
