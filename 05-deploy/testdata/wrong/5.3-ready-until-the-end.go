// Wrong: a server that stops goes on to ask for traffic.
//
// Hint: Drain sets a flag. Who reads it?
//
// Fails:
//   - TestHealth_Ready/a_draining_server_is_not_ready
package deploy

import (
	"context"
	"net/http"

	"example.com/authbook/internal/problem"
)

func (h *Health) Ready(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), pingTimeout)
	defer cancel()
	if err := h.ping(ctx); err != nil {
		return problem.Wrap(problem.Unavailable, err)
	}
	return writeJSON(w, map[string]string{"status": "ready"})
}
