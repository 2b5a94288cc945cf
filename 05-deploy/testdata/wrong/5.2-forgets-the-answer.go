// Wrong: a client that does not read its answer holds the handler for ever.
//
// Hint: Three limits are about what the client sends. One is about what it
// takes.
//
// Fails:
//   - TestNewServer/an_answer_that_is_not_taken
package deploy

import (
	"log/slog"
	"net/http"
	"time"
)

func NewServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}
