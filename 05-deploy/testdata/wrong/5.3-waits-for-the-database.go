// Wrong: a database that hangs makes the answer late instead of "no".
//
// Hint: Whoever asks does not wait for ever. How long may the database take to
// answer, and what ends the call then?
//
// Fails:
//   - TestHealth_Ready/with_a_database_that_hangs_it_is_not_ready
package deploy

import (
	"net/http"

	"example.com/authbook/internal/problem"
)

func (h *Health) Ready(w http.ResponseWriter, r *http.Request) error {
	if h.draining.Load() {
		return problem.New(problem.Unavailable, "The server is about to stop.")
	}
	if err := h.ping(r.Context()); err != nil {
		return problem.Wrap(problem.Unavailable, err)
	}
	return writeJSON(w, map[string]string{"status": "ready"})
}
