// Wrong: one timeout is for the header and the body together, so half a header
// may stay as long as a body.
//
// Hint: Without ReadHeaderTimeout, ReadTimeout is for the header too. Which of
// the two should be shorter?
//
// Fails:
//   - TestNewServer/half_a_header
package deploy

import (
	"log/slog"
	"net/http"
	"time"
)

func NewServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:        h,
		ReadTimeout:    10 * time.Second,
		WriteTimeout:   30 * time.Second,
		IdleTimeout:    2 * time.Minute,
		MaxHeaderBytes: 16 << 10,
		ErrorLog:       slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}
