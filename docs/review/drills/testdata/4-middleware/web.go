// Package web has the middlewares of a small server.
package web

import (
	"context"
	"crypto/rand"
	"log"
	"net/http"
	"strings"
)

// Middleware puts code around a handler.
type Middleware func(http.Handler) http.Handler

// Chain joins middlewares. The first one sees a request first.
func Chain(mws ...Middleware) Middleware {
	return func(h http.Handler) http.Handler {
		for _, mw := range mws {
			h = mw(h)
		}
		return h
	}
}

type idKey struct{}

// RequestID gives each request an id, by which its lines in the log are found.
func RequestID(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.Header.Get("X-Request-Id")
		if id == "" {
			id = rand.Text()
		}
		w.Header().Set("X-Request-Id", id)
		next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), idKey{}, id)))
	})
}

// Recover answers 500 where a handler panics.
func Recover(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if p := recover(); p != nil {
				log.Printf("%s %s: panic: %v", r.Method, r.URL.Path, p)
				http.Error(w, "internal error", http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

// Users knows whose token it is, "" if nobody's.
type Users interface {
	UserOf(ctx context.Context, token string) (string, error)
}

// RequireUser lets a request pass if its token is somebody's.
func RequireUser(users Users) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
			name, err := users.UserOf(r.Context(), token)
			if err == nil && name == "" {
				w.Header().Set("WWW-Authenticate", "Bearer")
				http.Error(w, "log in first", http.StatusUnauthorized)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// Handler is a handler that returns its error.
type Handler func(http.ResponseWriter, *http.Request) error

// ServeHTTP answers 500 where the handler fails.
func (h Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := h(w, r); err != nil {
		http.Error(w, "something failed: "+err.Error(), http.StatusInternalServerError)
	}
}
