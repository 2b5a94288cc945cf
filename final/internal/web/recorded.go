package web

import (
	"errors"
	"net/http"
	"time"

	"example.com/authbook/internal/problem"
)

// recorded is for routes that leave an audit record. It answers 503 while the
// audit log has no room for one more: nothing is done that nobody could find out
// about.
func (a *App) recorded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !a.trail.Room() {
			problem.Write(w, errNoRoom())
			return
		}
		next.ServeHTTP(w, r)
	})
}

// recordedLogOut is recorded for log-outs. They end their session in any case.
// The client hears 503 all the same, and keeps its cookie: once it asks again,
// the log-out is recorded.
func (a *App) recordedLogOut(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !a.trail.Room() {
			next.ServeHTTP(unsent{http.Header{}}, r)
			problem.Write(w, errNoRoom())
			return
		}
		next.ServeHTTP(w, r)
	})
}

// errNoRoom says that the audit log takes no more.
func errNoRoom() error {
	return problem.RetryLater(problem.Unavailable, time.Second, errors.New("the audit log has no room"))
}

// unsent is an answer that nobody gets.
type unsent struct{ header http.Header }

func (u unsent) Header() http.Header         { return u.header }
func (u unsent) Write(p []byte) (int, error) { return len(p), nil }
func (u unsent) WriteHeader(int)             {}
