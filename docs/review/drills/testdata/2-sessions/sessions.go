// Package sessions issues access tokens, renews them and logs out.
package sessions

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// How long tokens live.
const (
	accessTTL  = 15 * 60 * 1000
	refreshTTL = 14 * 24 * 60 * 60 * 1000
)

// Service keeps the sessions in memory.
type Service struct {
	Key      []byte // of the tokens
	AdminKey string // of the operator
	Now      func() time.Time

	mu   sync.Mutex
	open map[string]string // id of a refresh token to its user
}

// LogIn opens a session and answers with its two tokens.
func (s *Service) LogIn(w http.ResponseWriter, user string) {
	s.answer(w, user)
}

func (s *Service) answer(w http.ResponseWriter, user string) {
	id := rand.Text()
	s.mu.Lock()
	if s.open == nil {
		s.open = map[string]string{}
	}
	s.open[id] = user
	s.mu.Unlock()
	http.SetCookie(w, &http.Cookie{Name: "refresh", Value: s.sign(user, id, refreshTTL), Path: "/", HttpOnly: true, Secure: true, SameSite: http.SameSiteStrictMode})
	_ = json.NewEncoder(w).Encode(map[string]string{"token": s.sign(user, rand.Text(), accessTTL)})
}

func (s *Service) sign(user, id string, ttl int) string {
	token, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.RegisteredClaims{
		Subject:   user,
		ID:        id,
		ExpiresAt: jwt.NewNumericDate(s.Now().Add(time.Duration(ttl) * time.Second)),
	}).SignedString(s.Key)
	if err != nil {
		panic(err) // HS256 signs with any key of bytes
	}
	return token
}

func (s *Service) parse(text string) (jwt.RegisteredClaims, error) {
	var c jwt.RegisteredClaims
	_, err := jwt.ParseWithClaims(text, &c, func(*jwt.Token) (any, error) { return s.Key, nil }, jwt.WithTimeFunc(s.Now))
	return c, err
}

// Refresh answers POST /refresh: the next pair for a refresh token.
func (s *Service) Refresh(w http.ResponseWriter, r *http.Request) {
	cookie, err := r.Cookie("refresh")
	if err != nil {
		http.Error(w, "there is no token", http.StatusUnauthorized)
		return
	}
	c, err := s.parse(cookie.Value)
	if err != nil {
		http.Error(w, "the token is not valid", http.StatusUnauthorized)
		return
	}
	s.mu.Lock()
	user, ok := s.open[c.ID]
	s.mu.Unlock()
	if !ok {
		http.Error(w, "the session is over", http.StatusUnauthorized)
		return
	}
	s.answer(w, user)
}

// LogOut answers POST /logout.
func (s *Service) LogOut(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{Name: "refresh", Path: "/", MaxAge: -1, HttpOnly: true, Secure: true, SameSite: http.SameSiteStrictMode})
	w.WriteHeader(http.StatusNoContent)
}

// Me answers GET /me.
func (s *Service) Me(w http.ResponseWriter, r *http.Request) {
	text, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	c, err := s.parse(text)
	if err != nil {
		w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
		http.Error(w, "log in first", http.StatusUnauthorized)
	}
	_ = json.NewEncoder(w).Encode(map[string]string{"username": c.Subject})
}

// Count answers GET /admin/count with the number of open sessions.
func (s *Service) Count(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("X-Admin-Key") != s.AdminKey {
		http.Error(w, "this is for the operator", http.StatusForbidden)
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	_ = json.NewEncoder(w).Encode(len(s.open))
}
