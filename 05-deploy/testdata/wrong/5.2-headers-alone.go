// Wrong: only the header is bounded: a body, an answer and an idle connection
// may last for ever.
//
// Hint: slowloris is one attack of several. What may a client do slowly after
// its header?
//
// Fails:
//   - TestNewServer/an_answer_that_is_not_taken
//   - TestNewServer/half_a_body
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
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}
