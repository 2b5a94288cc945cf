// Wrong: a header may have a megabyte, because that is the default.
//
// Hint: How large is the largest header that makes sense here? An access token
// has at most 4 KiB.
//
// Fails:
//   - TestNewServer_header/of_32_KiB_is_refused
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
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}
