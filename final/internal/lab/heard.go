package lab

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"
)

// Logger returns a logger that shows the lab what is logged about each request.
func (l *Lab) Logger(log *slog.Logger) *slog.Logger { return slog.New(listener{log.Handler()}) }

type listener struct{ slog.Handler }

// Handle implements [slog.Handler].
func (l listener) Handle(ctx context.Context, record slog.Record) error {
	hear(ctx, record)
	return l.Handler.Handle(ctx, record)
}

// WithAttrs implements [slog.Handler].
func (l listener) WithAttrs(attrs []slog.Attr) slog.Handler {
	return listener{l.Handler.WithAttrs(attrs)}
}

// WithGroup implements [slog.Handler].
func (l listener) WithGroup(name string) slog.Handler { return listener{l.Handler.WithGroup(name)} }

// Audit shows the lab what the audit log keeps of a request: the event, its code and its
// reason, and no ids.
func (l *Lab) Audit(ctx context.Context, event string, attrs []slog.Attr) {
	record := slog.NewRecord(time.Time{}, slog.LevelInfo, "audit "+event, 0)
	for _, a := range attrs {
		if a.Key == "code" || a.Key == "reason" {
			record.AddAttrs(a)
		}
	}
	hear(ctx, record)
}

func hear(ctx context.Context, record slog.Record) {
	if w := wayOf(ctx); w != nil {
		var line bytes.Buffer
		_ = slog.NewTextHandler(&line, nil).Handle(ctx, record) // a buffer takes all
		w.hear(strings.TrimSpace(line.String()))
	}
}

func (w *way) hear(line string) {
	w.locked(func() {
		if w.hide != nil && len(w.Log) < keptLines {
			line = w.hide.Replace(line)
			w.Log = append(w.Log, line[:min(len(line), keptBytes)])
		}
	})
}

// shortestSecret is in bytes. What is shorter stands in a log by chance.
const shortestSecret = 8

// namesFor puts names in the place of what a request brought along: a learner's code may log a
// token, and a panic may quote it.
func namesFor(r *http.Request) *strings.Replacer {
	var pairs []string
	hide := func(value, name string) {
		if len(value) >= shortestSecret {
			pairs = append(pairs, value, "["+name+"]")
		}
	}
	hide(r.URL.RawQuery, "query")
	for _, values := range r.URL.Query() {
		for _, value := range values {
			hide(value, "query")
		}
	}
	for _, value := range r.Header["Authorization"] {
		_, token, _ := strings.Cut(value, " ")
		hide(token, "Authorization")
	}
	for _, cookie := range r.Cookies() {
		hide(cookie.Value, "Cookie")
	}
	return strings.NewReplacer(pairs...)
}
