package problem

import (
	"cmp"
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// ContentType is the media type of every error answer (RFC 9457 section 3).
const ContentType = "application/problem+json"

// body is the JSON on the wire. It has no type member, which means
// about:blank, and so title is the status's own phrase (RFC 9457 section
// 4.2.1). It has no request id either: that travels in a header, and equal
// failures stay equal byte for byte.
type body struct {
	Title  string  `json:"title"`
	Status int     `json:"status"`
	Code   Code    `json:"code"`
	Detail string  `json:"detail"`
	Errors []Field `json:"errors,omitempty"`
}

// Write answers the request with err. It is the only place that does: every
// status, header and body of an error is decided here. An error that is not
// an [Error] answers 500 and says nothing of itself.
func Write(w http.ResponseWriter, err error) {
	e := From(err)
	k := kindOf(e.Code)
	setHeaders(w.Header(), e, k)
	w.WriteHeader(k.status)
	// A client that has gone away is the only way this fails, and there is
	// nobody left to tell.
	_ = json.NewEncoder(w).Encode(body{
		Title:  http.StatusText(k.status),
		Status: k.status,
		Code:   e.Code,
		Detail: cmp.Or(e.Detail, k.detail),
		Errors: e.Fields,
	})
}

// setHeaders takes out those that described the answer that is not coming, and
// sets those of the error.
func setHeaders(h http.Header, e *Error, k kind) {
	for _, name := range []string{"Content-Length", "Content-Encoding", "Etag", "Last-Modified"} {
		h.Del(name)
	}
	h.Set("Content-Type", ContentType)
	h.Set("Cache-Control", "no-store")
	if k.challenge != "" {
		h.Set("WWW-Authenticate", k.challenge)
	}
	if seconds := retryAfter(e, k); seconds > 0 {
		h.Set("Retry-After", strconv.Itoa(seconds))
	}
}

// retryAfter is in whole seconds, rounded up. A 429 or 503 always carries at
// least one, so that no client retries in a tight loop.
func retryAfter(e *Error, k kind) int {
	if k.status != http.StatusTooManyRequests && k.status != http.StatusServiceUnavailable {
		return 0
	}
	return max(1, int((e.RetryAfter+time.Second-1)/time.Second))
}
