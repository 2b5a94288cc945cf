package middleware

import (
	"log/slog"
	"net/http"
	"time"
)

// AccessLog writes one line for each request, when its answer is done:
//
//	method      GET
//	route       the pattern that matched, "GET /users/{name}"; empty if none did
//	status      200; 0 if the connection was cut before a header was sent,
//	            499 if the client did not wait for it ([StatusHungUp])
//	bytes       of the body
//	duration    of the handlers inside; in JSON in nanoseconds
//	request_id  from [RequestID], which is further out
//	remote      what address returns, such as [ClientAddress]
//	aborted     true, and only there, if the connection was cut
//
// The route is logged and not the path, because a path or a query can hold a
// secret or a name; header and body are not logged at all. The level is that of
// [Level], Error for a connection that was cut, and Info for a client that hung
// up.
func AccessLog(log *slog.Logger, address func(*http.Request) string) Middleware {
	return observe(func(r *http.Request, rec *recorder, took time.Duration, aborted bool) {
		logAccess(log, r, rec, address(r), took, aborted)
	})
}

func logAccess(log *slog.Logger, r *http.Request, rec *recorder, remote string, took time.Duration, aborted bool) {
	attrs := []slog.Attr{
		slog.String("method", r.Method[:min(len(r.Method), 20)]), // any word can be a method, of any length
		slog.String("route", r.Pattern),
		slog.Int("status", rec.status),
		slog.Int64("bytes", rec.bytes),
		slog.Duration("duration", took),
		slog.String("request_id", RequestIDFrom(r.Context())),
		slog.String("remote", remote),
	}
	level := Level(rec.status)
	if aborted {
		level = slog.LevelError
		attrs = append(attrs, slog.Bool("aborted", true))
	}
	if hungUp(r, rec.cause) {
		level = slog.LevelInfo
	}
	log.LogAttrs(r.Context(), level, "request", attrs...)
}
