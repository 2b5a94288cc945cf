// Wrong: without IdleTimeout, net/http uses ReadTimeout for it, and clients
// lose their connections early.
//
// Hint: Look at what http.Server says about an IdleTimeout of zero.
//
// Fails:
//   - TestNewServer/no_next_request
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
		WriteTimeout:      30 * time.Second,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}
