// Wrong: the limit of the header is the size of the token alone, and there is
// more in a header.
//
// Hint: A browser sends cookies and more beside the token. Leave room, and
// remember that net/http adds some.
//
// Fails:
//   - TestNewServer_header/of_15_KiB_is_taken
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
		MaxHeaderBytes:    4 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}
