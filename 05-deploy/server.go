package deploy

import (
	"log/slog"
	"net/http"
	"time"
)

// NewServer returns a server with a bound on everything that a client can
// stretch. The zero value of http.Server has none of them: a client that sends
// one byte a minute (slowloris) holds a connection for ever.
func NewServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler: h,
		// From the first byte to the end of the header.
		ReadHeaderTimeout: 5 * time.Second,
		// From the first byte to the end of the body. Bodies here are small.
		ReadTimeout: 10 * time.Second,
		// From the end of the header to the end of the answer; longer than
		// the slowest handler, which waits for a place among the hashers.
		WriteTimeout: 30 * time.Second,
		// Between two requests on one connection.
		IdleTimeout: 2 * time.Minute,
		// Go adds 4 KiB of slack to it. An access token is at most 4 KiB.
		MaxHeaderBytes: 16 << 10,
		// net/http's own complaints, such as a failed TLS handshake.
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}
