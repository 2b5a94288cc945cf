package config

import (
	"io"
	"log/slog"
)

// LogsJSON reports whether LOG_FORMAT asks for JSON, for the operator's
// commands. One that is neither text nor JSON stops the server, and no command.
func LogsJSON(getenv func(string) string) bool {
	return environment(getenv).value("LOG_FORMAT") == "json"
}

// NewLogger returns a log that writes to w, as JSON or as text.
func NewLogger(w io.Writer, asJSON bool) *slog.Logger {
	if asJSON {
		return slog.New(slog.NewJSONHandler(w, nil))
	}
	return slog.New(slog.NewTextHandler(w, nil))
}
