package middleware

import (
	"net/http"
	"time"
)

// Observe calls report for each request when its answer is done, for metrics.
// r.Pattern is the pattern that matched, as in [AccessLog]. The status is 0 if
// the connection was cut before a header was sent, and [StatusHungUp] if the
// client did not wait for it.
func Observe(report func(r *http.Request, status int, took time.Duration)) Middleware {
	return observe(func(r *http.Request, rec *recorder, took time.Duration, _ bool) {
		report(r, rec.status, took)
	})
}

// ObserveFailures calls report for each request that a handler of [Errors] inside
// failed, with the error, when its answer is written. What the client read is in
// it too: it is the problem that was answered.
func ObserveFailures(report func(r *http.Request, err error)) Middleware {
	return observe(func(r *http.Request, rec *recorder, _ time.Duration, _ bool) {
		if rec.cause != nil {
			report(r, rec.cause)
		}
	})
}

// observe is what Observe, ObserveFailures and [AccessLog] have in common. aborted says that the
// connection was cut.
func observe(report func(r *http.Request, rec *recorder, took time.Duration, aborted bool)) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			start, rec, aborted := time.Now(), record(w), true
			// Deferred, because a handler that cuts the connection panics.
			defer func() { report(r, rec, time.Since(start), aborted) }()
			next.ServeHTTP(rec, r)
			rec.begin(http.StatusOK) // net/http does it for a handler that wrote nothing
			if hungUp(r, rec.cause) {
				rec.status = StatusHungUp // what was sent instead reaches nobody
			}
			aborted = false
		})
	}
}
