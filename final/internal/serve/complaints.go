package serve

import (
	"context"
	"log/slog"
	"sync/atomic"

	"golang.org/x/time/rate"
)

const (
	complaintsPerSecond = 5
	complaintsAtOnce    = 50
)

// complaints passes on what net/http says of connections, such as a handshake
// that failed. A stranger causes one with each connection, so that only so many
// a second reach the log, and the next one tells how many there were between.
type complaints struct {
	slog.Handler
	limit   *rate.Limiter
	leftOut atomic.Int64
}

// quieter returns a logger for [http.Server.ErrorLog].
func quieter(log *slog.Logger) *slog.Logger {
	return slog.New(&complaints{Handler: log.Handler(), limit: rate.NewLimiter(complaintsPerSecond, complaintsAtOnce)})
}

func (c *complaints) Handle(ctx context.Context, record slog.Record) error {
	if !c.limit.Allow() {
		c.leftOut.Add(1)
		return nil
	}
	if n := c.leftOut.Swap(0); n > 0 {
		record.AddAttrs(slog.Int64("left_out_before", n))
	}
	return c.Handler.Handle(ctx, record)
}
