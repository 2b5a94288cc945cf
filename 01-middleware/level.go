package middleware

import (
	"log/slog"
	"net/http"
)

// Level returns how loud the log is about an answer with this status: Error
// where the server failed (5xx), Warn where the request was refused (4xx),
// Info for all others.
func Level(status int) slog.Level {
	switch {
	case status >= http.StatusInternalServerError:
		return slog.LevelError
	case status >= http.StatusBadRequest:
		return slog.LevelWarn
	default:
		return slog.LevelInfo
	}
}
