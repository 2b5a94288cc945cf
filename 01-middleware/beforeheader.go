package middleware

import (
	"net/http"
	"sync"
)

// beforeHeader calls next, and f once: right before the header of the answer is
// sent. Where next has sent none, f is called when next ends, also by a panic.
func beforeHeader(next http.Handler, w http.ResponseWriter, r *http.Request, f func()) {
	inner := &hooked{w, sync.OnceFunc(f)}
	defer inner.before()
	next.ServeHTTP(inner, r)
}

// hooked is a ResponseWriter that calls before whenever a header may be sent.
type hooked struct {
	http.ResponseWriter
	before func() // does its work once
}

// WriteHeader sends the header. A status of 1xx announces an answer and is not
// one yet, except 101.
func (h *hooked) WriteHeader(status int) {
	if status >= http.StatusOK || status == http.StatusSwitchingProtocols {
		h.before()
	}
	h.ResponseWriter.WriteHeader(status)
}

// Write sends a part of the body, after the header.
func (h *hooked) Write(p []byte) (int, error) {
	h.before()
	return h.ResponseWriter.Write(p)
}

// FlushError sends what is buffered, and the header before it.
func (h *hooked) FlushError() error {
	h.before()
	return http.NewResponseController(h.ResponseWriter).Flush()
}

// Flush is FlushError for code that looks for an [http.Flusher].
func (h *hooked) Flush() { _ = h.FlushError() }

// Unwrap gives [http.ResponseController] the writer inside.
func (h *hooked) Unwrap() http.ResponseWriter { return h.ResponseWriter }
