package middleware

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"

	"example.com/authbook/internal/problem"
)

// Recover turns a panic of a handler into a 500. The panic and its stack go to
// the log; the client learns nothing of them. If the header has been sent, the
// connection is cut instead.
//
// [http.ErrAbortHandler] passes on: with it a handler asks net/http to cut the
// connection.
//
//workbook:exercise 1.6 TestRecover|TestRecover_.*
func Recover(log *slog.Logger) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			rec := record(w)
			defer func() {
				if v := recover(); v == http.ErrAbortHandler {
					panic(v)
				} else if v != nil {
					logPanic(log, r, v)
					rec.fail(problem.New(problem.Internal, ""))
				}
			}()
			next.ServeHTTP(rec, r)
		})
	}
}

// logPanic is called while the panic is on its way up, so the stack still has
// the line that panicked.
func logPanic(log *slog.Logger, r *http.Request, v any) {
	log.LogAttrs(r.Context(), slog.LevelError, "panic",
		slog.String("request_id", RequestIDFrom(r.Context())),
		slog.String("route", r.Pattern),
		slog.String("panic", fmt.Sprint(v)),
		slog.String("stack", string(debug.Stack())))
}
