package middleware_test

import (
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/01-middleware"
	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
)

func TestObserve(t *testing.T) {
	rows := []struct {
		name, method, target, route string
		status                      int
	}{
		{"a success", "GET", "/users/jin", "GET /users/{name}", 200},
		{"a failure", "POST", "/full", "POST /full", 503},
		{"an answer that nobody wrote is a 200", "DELETE", "/users/jin", "DELETE /users/{name}", 200},
		{"an unknown path has no route", "GET", "/nothing", "", 404},
		{"a connection that is cut before the answer has no status", "GET", "/cut", "GET /cut", 0},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				mux := newAccessMux()
				mux.HandleFunc("GET /cut", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
				slow := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					time.Sleep(3 * time.Second) // of the test's own clock
					mux.ServeHTTP(w, r)
				})
				reports := 0
				h := middleware.Observe(func(r *http.Request, status int, took time.Duration) {
					reports++
					assert.Equal(t, row.route, r.Pattern)
					assert.Equal(t, row.status, status)
					assert.Equal(t, 3*time.Second, took)
				})(slow)
				sendAnyway(h, httptest.NewRequest(row.method, row.target, nil))
				assert.Equal(t, 1, reports)
			})
		})
	}
}

func TestObserveFailures(t *testing.T) {
	exercise.Needs(t, "1.8")
	failure := problem.Wrap(problem.InvalidToken, errors.New("the signature is wrong"))
	rows := []struct {
		name  string
		inner http.Handler
		want  error
	}{
		{"a failure, with its cause", answering(failure), failure},
		{"a success is none", answering(nil), nil},
		{"nor is a status that the handler chose itself", http.NotFoundHandler(), nil},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			var reported error
			h := middleware.ObserveFailures(func(r *http.Request, err error) {
				assert.Equal(t, "/me", r.URL.Path)
				reported = err
			})(row.inner)
			h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/me", nil))
			assert.Equal(t, row.want, reported)
		})
	}
}

// answering is a handler that returns err.
func answering(err error) http.Handler {
	return middleware.Errors(slog.New(slog.DiscardHandler))(func(http.ResponseWriter, *http.Request) error { return err })
}
