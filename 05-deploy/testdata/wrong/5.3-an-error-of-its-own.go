// Wrong: without its database the server answers 500, as if it were broken
// itself.
//
// Hint: What must work, so that a request can be answered? And which code says
// "not now, ask again"?
//
// Fails:
//   - TestHealth_Ready/with_a_database_that_hangs_it_is_not_ready
//   - TestHealth_Ready/without_its_database_it_is_not_ready
package deploy

import (
	"context"
	"net/http"

	"example.com/authbook/internal/problem"
)

func (h *Health) Ready(w http.ResponseWriter, r *http.Request) error {
	if h.draining.Load() {
		return problem.New(problem.Unavailable, "The server is about to stop.")
	}
	ctx, cancel := context.WithTimeout(r.Context(), pingTimeout)
	defer cancel()
	if err := h.ping(ctx); err != nil {
		return err
	}
	return writeJSON(w, map[string]string{"status": "ready"})
}
