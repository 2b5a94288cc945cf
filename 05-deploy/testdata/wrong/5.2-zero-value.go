// Wrong: the server has no limit at all, as the zero value of http.Server.
//
// Hint: Each row is one way to stretch a connection. The doc comment names the
// field that ends it.
//
// Fails:
//   - TestNewServer/an_answer_that_is_not_taken
//   - TestNewServer/half_a_body
//   - TestNewServer/half_a_header
//   - TestNewServer/no_next_request
//   - TestNewServer_header/of_32_KiB_is_refused
package deploy

import (
	"log/slog"
	"net/http"
)

func NewServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{Handler: h, ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)}
}
