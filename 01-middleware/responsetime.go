package middleware

import (
	"fmt"
	"net/http"
	"time"
)

// ResponseTime says in the header X-Response-Time how long the server worked
// until it sent the header of the answer: in milliseconds, with three digits
// behind the point, such as "12.345ms". It is a [Middleware].
//
// What is done later is not counted, since a header that is sent can't change.
// A value that is there already is replaced. An answer has the header whatever
// its status is and whether it has a body or not; after a panic it is there for
// the answer that [Recover] writes further out.
//
//workbook:exercise 1.12
func ResponseTime(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		beforeHeader(next, w, r, func() {
			ms := time.Since(start).Seconds() * 1000
			w.Header().Set("X-Response-Time", fmt.Sprintf("%.3fms", ms))
		})
	})
}
