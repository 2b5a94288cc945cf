package middleware_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"example.com/authbook/01-middleware"
	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
)

// trace is what happened, in order.
type trace []string

// String shows it on one line.
func (tr trace) String() string { return strings.Join(tr, " → ") }

func (tr *trace) note(event string) { *tr = append(*tr, event) }

// mustBe compares the trace on two lines, one below the other.
func (tr *trace) mustBe(t *testing.T, want trace, why string) {
	t.Helper()
	if !slices.Equal(*tr, want) {
		t.Fatalf("%s\nexpected: %s\ngot:      %s", why, want, *tr)
	}
}

// step is a middleware that notes its way in and its way out.
func (tr *trace) step(name string) middleware.Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			tr.note(name + " in")
			next.ServeHTTP(w, r)
			tr.note(name + " out")
		})
	}
}

// stop is a middleware that answers by itself.
func (tr *trace) stop(http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		tr.note("stop")
		w.WriteHeader(http.StatusTeapot)
	})
}

func TestChain(t *testing.T) {
	type row struct {
		name   string
		chain  func(tr *trace) middleware.Middleware
		want   trace
		status int
	}
	rows := []row{
		{
			name:   "a chain of none is the handler itself",
			chain:  func(*trace) middleware.Middleware { return middleware.Chain() },
			want:   trace{"handler"},
			status: 200,
		},
		{
			name:   "a chain of one goes around the handler",
			chain:  func(tr *trace) middleware.Middleware { return middleware.Chain(tr.step("a")) },
			want:   trace{"a in", "handler", "a out"},
			status: 200,
		},
		{
			name: "the first one listed is the outermost",
			chain: func(tr *trace) middleware.Middleware {
				return middleware.Chain(tr.step("a"), tr.step("b"), tr.step("c"))
			},
			want:   trace{"a in", "b in", "c in", "handler", "c out", "b out", "a out"},
			status: 200,
		},
		{
			name: "one that answers by itself keeps the request from the rest",
			chain: func(tr *trace) middleware.Middleware {
				return middleware.Chain(tr.step("a"), tr.stop, tr.step("c"))
			},
			want:   trace{"a in", "stop", "a out"},
			status: 418,
		},
		{
			name: "a chain is a middleware and can stand in a chain",
			chain: func(tr *trace) middleware.Middleware {
				return middleware.Chain(tr.step("a"), middleware.Chain(tr.step("b"), tr.step("c")), tr.step("d"))
			},
			want:   trace{"a in", "b in", "c in", "d in", "handler", "d out", "c out", "b out", "a out"},
			status: 200,
		},
		{
			name: "the list stays as the caller wrote it",
			chain: func(tr *trace) middleware.Middleware {
				list := []middleware.Middleware{tr.step("a"), tr.step("b")}
				chain := middleware.Chain(list...)
				chain(http.HandlerFunc(ok))
				return middleware.Chain(list...)
			},
			want:   trace{"a in", "b in", "handler", "b out", "a out"},
			status: 200,
		},
		{
			name: "a chain protects each handler that it wraps",
			chain: func(tr *trace) middleware.Middleware {
				chain := middleware.Chain(tr.step("a"), tr.step("b"))
				chain(http.HandlerFunc(ok))
				return chain
			},
			want:   trace{"a in", "b in", "handler", "b out", "a out"},
			status: 200,
		},
		{
			name: "wrapping is done once, not at each request",
			chain: func(tr *trace) middleware.Middleware {
				wrapped := false
				return middleware.Chain(func(next http.Handler) http.Handler {
					if wrapped {
						tr.note("wrapped again")
					}
					wrapped = true
					return next
				})
			},
			want:   trace{"handler"},
			status: 200,
		},
	}
	exercise.Rows(t, "1.3", rows, func(t *testing.T, row row) {
		var tr trace
		h := wrap(t, row.chain(&tr), http.HandlerFunc(func(http.ResponseWriter, *http.Request) { tr.note("handler") }))
		assert.Empty(t, tr, "nothing may run before a request comes")

		w := send(h, get("/"))
		assert.Equal(t, row.status, w.Code, "the answer must be the one that was written")
		tr.mustBe(t, row.want, "each one must run once, in this order: the inner ones use what an outer one did before")

		tr = nil
		send(h, get("/"))
		tr.mustBe(t, row.want, "the second request must go the same way")
	})
}
