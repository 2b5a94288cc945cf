package middleware

import (
	"errors"
	"log/slog"
	"net/http"

	"example.com/authbook/internal/problem"
)

// HandlerFunc is a handler that returns what went wrong instead of writing it.
// It returns an error before it has written anything, or writes the whole
// answer and returns nil.
type HandlerFunc func(w http.ResponseWriter, r *http.Request) error

// Errors returns the adapter from [HandlerFunc] to [http.Handler], the one
// place where errors become answers. The client reads the problem; the log
// gets the cause of a 5xx with the request id. A handler that fails in the
// middle of an answer has its connection cut, as in [Recover].
//
//workbook:exercise 1.8 TestErrors|TestErrors_.*
func Errors(log *slog.Logger) func(HandlerFunc) http.Handler {
	return func(h HandlerFunc) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			rec := record(w)
			err := h(rec, r)
			if err == nil {
				return
			}
			p := problemOf(err)
			if p.Code.Status() >= http.StatusInternalServerError || rec.begun() {
				logFailure(log, r, err)
			}
			rec.fail(p)
		})
	}
}

// problemOf returns the problem in err. The error of a body that [BodyLimit]
// cut is the client's fault, whatever the handler made of it.
func problemOf(err error) *problem.Error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return problem.Wrap(problem.PayloadTooLarge, err)
	}
	return problem.From(err)
}

// logFailure logs why a request failed. A client that hangs up is no failure of
// the server: [AccessLog] has a line for it, and that is enough.
func logFailure(log *slog.Logger, r *http.Request, err error) {
	if hungUp(r, err) {
		return
	}
	log.LogAttrs(r.Context(), slog.LevelError, "request failed",
		slog.String("request_id", RequestIDFrom(r.Context())),
		slog.String("route", r.Pattern),
		slog.String("error", err.Error()))
}
