// Wrong: net/http writes its complaints to standard error in a form of its own.
//
// Hint: Where do lines of a failed TLS handshake go? There is a field for that,
// and slog can make what it wants.
//
// Fails:
//   - TestNewServer_logsWhatNetHTTPComplainsAbout
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
		MaxHeaderBytes:    16 << 10,
	}
}
