// Wrong: the answer names the cause, and with it the address of the database,
// to anybody.
//
// Hint: Readiness is public. problem.Wrap keeps a cause for the log alone.
//
// Fails:
//   - TestHealth_Ready_hidesTheCause
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
		return problem.New(problem.Unavailable, err.Error())
	}
	return writeJSON(w, map[string]string{"status": "ready"})
}
