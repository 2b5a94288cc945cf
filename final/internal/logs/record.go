package logs

import (
	"context"
	"io"
	"log/slog"
	"time"
)

// Record writes an audit record to w: one line of JSON, with one write.
func Record(ctx context.Context, w io.Writer, event string, attrs ...slog.Attr) error {
	record := slog.NewRecord(time.Now(), slog.LevelInfo, "audit", 0)
	record.AddAttrs(slog.String("event", event))
	record.AddAttrs(attrs...)
	return slog.NewJSONHandler(w, nil).Handle(ctx, record)
}
