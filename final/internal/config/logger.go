package config

import (
	"io"
	"log/slog"
)

// NewLogger returns a log that writes to w, as JSON or as text.
func NewLogger(w io.Writer, asJSON bool) *slog.Logger {
	if asJSON {
		return slog.New(slog.NewJSONHandler(w, nil))
	}
	return slog.New(slog.NewTextHandler(w, nil))
}
