package middleware_test

import (
	"io"
	"log/slog"
	"net/http"
	"testing"

	"example.com/authbook/01-middleware"
	"example.com/authbook/internal/exercise"
)

// deaf is a ResponseWriter that keeps nothing, so that a benchmark measures
// the middlewares and not the recorder of a test.
type deaf struct{ header http.Header }

func (d *deaf) Header() http.Header         { return d.header }
func (d *deaf) Write(p []byte) (int, error) { return len(p), nil }
func (d *deaf) WriteHeader(int)             {}

// BenchmarkChain compares a route without any middleware to the same route
// behind all of them. The log is written as JSON and thrown away.
func BenchmarkChain(b *testing.B) {
	exercise.Needs(b, "1.1", "1.3", "1.4", "1.6", "1.7", "1.8", "1.9", "1.10")
	log := slog.New(slog.NewJSONHandler(io.Discard, nil))
	address := middleware.ClientAddress(nil)
	full := middleware.Chain(
		middleware.RequestID,
		middleware.AccessLog(log, address),
		middleware.Recover(log),
		middleware.SecurityHeaders,
		middleware.BodyLimit(16<<10),
	)
	member := middleware.Chain(
		middleware.Authenticate(log, guests{}),
		middleware.RequireRole("USER"),
	)
	answer := middleware.Errors(log)(func(w http.ResponseWriter, _ *http.Request) error {
		_, err := io.WriteString(w, "ok")
		return err
	})
	for _, bench := range []struct {
		name         string
		outer, inner middleware.Middleware
	}{
		{"bare", middleware.Chain(), middleware.Chain()},
		{"log", middleware.AccessLog(log, address), middleware.Chain()},
		{"outer", full, middleware.Chain()},
		{"all", full, member},
	} {
		b.Run(bench.name, func(b *testing.B) {
			mux := http.NewServeMux()
			mux.Handle("GET /users/{name}", bench.inner(answer))
			h := bench.outer(mux)
			r := bearer("/users/jin", "Bearer jin")
			b.ReportAllocs()
			for b.Loop() {
				h.ServeHTTP(&deaf{http.Header{}}, r)
			}
		})
	}
}
