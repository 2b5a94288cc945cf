package middleware

import (
	"errors"
	"net/http"

	"example.com/authbook/internal/problem"
)

// recorder is a ResponseWriter that remembers what was sent.
type recorder struct {
	http.ResponseWriter
	status int   // of the answer; 0 until its header is sent
	bytes  int64 // of the body, as the handler wrote it
	cause  error // why the request failed, where it did
}

// record returns w as a recorder. One recorder serves the whole chain.
func record(w http.ResponseWriter) *recorder {
	if rec, ok := w.(*recorder); ok {
		return rec
	}
	return &recorder{ResponseWriter: w}
}

// WriteHeader sends the header. A status of 1xx announces an answer and is not
// one yet, except 101.
func (rec *recorder) WriteHeader(status int) {
	// The status is noted afterwards: net/http panics for an invalid one, and
	// then nothing was sent.
	rec.ResponseWriter.WriteHeader(status)
	if status >= http.StatusOK || status == http.StatusSwitchingProtocols {
		rec.begin(status)
	}
}

// Write sends a part of the body, after the header of a 200 if none was sent.
func (rec *recorder) Write(p []byte) (int, error) {
	rec.begin(http.StatusOK)
	n, err := rec.ResponseWriter.Write(p)
	rec.bytes += int64(n)
	return n, err
}

// begin notes the status of the first header; the ones after it are not sent.
func (rec *recorder) begin(status int) {
	if rec.status == 0 {
		rec.status = status
	}
}

// begun reports whether an answer is on its way, so that no other can be sent.
func (rec *recorder) begun() bool { return rec.status != 0 }

// FlushError sends what is buffered; [http.ResponseController] calls it. It is
// here, and not left to Unwrap, because a flush sends the header too.
func (rec *recorder) FlushError() error {
	err := http.NewResponseController(rec.ResponseWriter).Flush()
	if !errors.Is(err, http.ErrNotSupported) {
		rec.begin(http.StatusOK)
	}
	return err
}

// Flush is FlushError for code that looks for an [http.Flusher].
func (rec *recorder) Flush() { _ = rec.FlushError() }

// Unwrap gives [http.ResponseController] the writer inside, for all that the
// recorder does not do itself.
func (rec *recorder) Unwrap() http.ResponseWriter { return rec.ResponseWriter }

// fail answers with err. Where another answer has begun it cuts the
// connection: a client must not take half an answer for a whole one.
func (rec *recorder) fail(err error) {
	rec.cause = err
	if rec.begun() {
		panic(http.ErrAbortHandler)
	}
	problem.Write(rec, err)
}
