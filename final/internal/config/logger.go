package config

import (
	"io"
	"log/slog"
)

// NewLogger returns a log that writes to w as LOG_FORMAT asks.
func NewLogger(c Config, w io.Writer) *slog.Logger {
	if c.JSONLog {
		return slog.New(slog.NewJSONHandler(w, nil))
	}
	return slog.New(slog.NewTextHandler(w, nil))
}
