package deploy

import (
	"log/slog"
	"net/http"
	"time"
)

// NewServer returns a server with a bound on everything that a client can
// stretch. The zero value of http.Server has none of them: a client that sends
// one byte a minute (slowloris) holds a connection for ever.
//
//   - ReadHeaderTimeout: from the first byte to the end of the header.
//   - ReadTimeout: from the first byte to the end of the body; bodies here are
//     small.
//   - WriteTimeout: from the end of the header to the end of the answer;
//     longer than the slowest handler, which waits for a place among the
//     hashers.
//   - IdleTimeout: between two requests on one connection.
//   - MaxHeaderBytes: the whole header. An access token is at most 4 KiB, and
//     cookies come with it, so 15 KiB must pass. net/http adds 4 KiB of slack.
//
// net/http's own complaints, such as a failed TLS handshake, go to the log as
// warnings.
//
//workbook:exercise 5.2 TestNewServer.*
func NewServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}
