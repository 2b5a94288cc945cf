// Package gate lets requests pass that bring the token of an open session.
package gate

import (
	"crypto/rand"
	"crypto/sha256"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Sessions keeps the hash of each token, and until when it is good.
type Sessions struct {
	mu   sync.RWMutex
	ends map[[32]byte]time.Time
	now  func() time.Time
}

// New returns sessions that read the time from now.
func New(now func() time.Time) *Sessions {
	return &Sessions{ends: map[[32]byte]time.Time{}, now: now}
}

// Open returns the token of a new session. It is good before its end, and no
// longer at it.
func (s *Sessions) Open(ttl time.Duration) string {
	token := rand.Text()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ends[sha256.Sum256([]byte(token))] = s.now().Add(ttl)
	return token
}

// Valid reports whether a token is that of an open session.
func (s *Sessions) Valid(token string) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	end, ok := s.ends[sha256.Sum256([]byte(token))]
	return ok && !s.now().After(end)
}

// Close ends a session.
func (s *Sessions) Close(token string) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	delete(s.ends, sha256.Sum256([]byte(token)))
}

// Bearer returns the token of a request, and whether there is one.
func Bearer(r *http.Request) (string, bool) {
	scheme, token, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	return token, ok && strings.EqualFold(scheme, "Bearer")
}

// Require lets a request pass to next if its token is good.
func Require(s *Sessions, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		token, ok := Bearer(r)
		if !ok || !s.Valid(token) {
			w.WriteHeader(http.StatusUnauthorized)
			w.Header().Set("WWW-Authenticate", "Bearer")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Short cuts a nickname to n characters.
func Short(nickname string, n int) string {
	if len(nickname) > n {
		return nickname[:n]
	}
	return nickname
}
