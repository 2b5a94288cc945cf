package deploy

import (
	"context"
	"encoding/json"
	"net/http"
	"sync/atomic"
	"time"

	"example.com/authbook/internal/problem"
)

// pingTimeout bounds one readiness check, so that a hanging database makes the
// answer "no" rather than late.
const pingTimeout = 2 * time.Second

// Health answers two different questions. Alive ("restart me?") is true as
// long as the process can answer at all. Ready ("send me traffic?") is false
// while the server drains and while its database does not answer: restarting
// would help neither.
type Health struct {
	ping     func(context.Context) error
	draining atomic.Bool
}

// NewHealth returns a Health that asks ping whether the database answers.
func NewHealth(ping func(context.Context) error) *Health {
	return &Health{ping: ping}
}

// Drain turns readiness false for good.
func (h *Health) Drain() { h.draining.Store(true) }

// Alive answers GET /healthz with 200 {"status":"ok"}.
func (h *Health) Alive(w http.ResponseWriter, _ *http.Request) error {
	return writeJSON(w, map[string]string{"status": "ok"})
}

// Ready answers GET /readyz with 200 {"status":"ready"}, or with the problem
// UNAVAILABLE (503) while the server drains or its database does not answer.
// A hanging database is one that does not answer: the check takes at most two
// seconds, and ends before when the one who asked has gone.
//
//workbook:exercise 5.3 TestHealth_Ready.*
func (h *Health) Ready(w http.ResponseWriter, r *http.Request) error {
	if h.draining.Load() {
		return problem.New(problem.Unavailable, "The server is about to stop.")
	}
	ctx, cancel := context.WithTimeout(r.Context(), pingTimeout)
	defer cancel()
	if err := h.ping(ctx); err != nil {
		return problem.Wrap(problem.Unavailable, err)
	}
	return writeJSON(w, map[string]string{"status": "ready"})
}

func writeJSON(w http.ResponseWriter, v any) error {
	w.Header().Set("Content-Type", "application/json")
	return json.NewEncoder(w).Encode(v)
}
