package middleware

import (
	"io"
	"net/http"
	"strings"

	"example.com/authbook/internal/problem"
)

// BodyLimit refuses request bodies of more than n bytes. One that says so in
// its Content-Length is answered 413 before a byte of it is read. One that
// doesn't say is cut after n bytes: the handler that reads it gets an
// [*http.MaxBytesError], for which [Errors] answers 413.
//
//workbook:exercise 1.7 TestBodyLimit|TestBodyLimit_.*
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

// refuseBody answers 413 without waiting for the body. MaxBytesReader is the
// one way to tell net/http to end the connection gently, so that a client that
// is still sending can read the answer; here it gets a body that is too long
// by one byte.
func refuseBody(w http.ResponseWriter) {
	tooLong := http.MaxBytesReader(innermost(w), io.NopCloser(strings.NewReader("x")), 0)
	_, _ = tooLong.Read(make([]byte, 1))
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
