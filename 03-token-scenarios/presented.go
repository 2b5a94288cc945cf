package tokens

import (
	"net/http"
	"slices"
)

// Presented returns the ids of the sessions whose genuine tokens the request
// carries, each once: those of refresh tokens of any generation, and those of
// access tokens, expired or not. It is for the audit log and lets nobody in.
func (h *Handlers) Presented(r *http.Request) (byCookie, byBearer []string) {
	return h.sessions.sessionsOf(h.cookie.all(r)), h.sessions.sessionsOf(bearers(r))
}

func (s *Sessions) sessionsOf(tokens []string) []string {
	var ids []string
	for _, token := range tokens {
		if id, err := s.sessionOf(token); err == nil && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}
