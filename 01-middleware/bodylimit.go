package middleware

import (
	"net/http"

	"example.com/authbook/internal/problem"
)

// BodyLimit refuses request bodies of more than n bytes. One that says so in
// its Content-Length is answered 413 before a byte of it is read. One that
// doesn't say is cut after n bytes: the handler that reads it gets an
// [*http.MaxBytesError], for which [Errors] answers 413.
//
//workbook:exercise 1.7
func BodyLimit(n int64) Middleware {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.ContentLength > n {
				refuseBody(w)
				return
			}
			inner := *r
			inner.Body = http.MaxBytesReader(innermost(w), r.Body, n)
			serveCopy(next, w, r, &inner)
		})
	}
}

// refuseBody answers 413 and ends the connection. Without "close" net/http
// would first wait for the body, to keep the connection for a next request.
func refuseBody(w http.ResponseWriter) {
	w.Header().Set("Connection", "close")
	problem.Write(w, problem.New(problem.PayloadTooLarge, ""))
}

// innermost returns net/http's own ResponseWriter. MaxBytesReader tells that
// one to end the connection when the limit is passed, and would not find it
// inside a wrapper.
func innermost(w http.ResponseWriter) http.ResponseWriter {
	for {
		wrapper, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return w
		}
		w = wrapper.Unwrap()
	}
}
