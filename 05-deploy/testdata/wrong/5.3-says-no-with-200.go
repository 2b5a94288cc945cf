// Wrong: the body says that it is not ready, and the status says that it is.
//
// Hint: A load balancer reads the status and never the body.
//
// Fails:
//   - TestHealth_Ready/a_draining_server_is_not_ready
//   - TestHealth_Ready/with_a_database_that_hangs_it_is_not_ready
//   - TestHealth_Ready/without_its_database_it_is_not_ready
package deploy

import (
	"context"
	"net/http"
)

func (h *Health) Ready(w http.ResponseWriter, r *http.Request) error {
	ctx, cancel := context.WithTimeout(r.Context(), pingTimeout)
	defer cancel()
	if h.draining.Load() || h.ping(ctx) != nil {
		return writeJSON(w, map[string]string{"status": "not ready"})
	}
	return writeJSON(w, map[string]string{"status": "ready"})
}
