package middleware

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
)

// plainWriter can do nothing but what a ResponseWriter must.
type plainWriter struct{ http.ResponseWriter }

func TestRecorder(t *testing.T) {
	flush := func(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() }
	rows := []struct {
		name   string
		handle func(w http.ResponseWriter)
		status int
		bytes  int64
	}{
		{"nothing was sent", func(http.ResponseWriter) {}, 0, 0},
		{"a header that is set is not sent", func(w http.ResponseWriter) { w.Header().Set("A", "b") }, 0, 0},
		{"a status is noted", func(w http.ResponseWriter) { w.WriteHeader(404) }, 404, 0},
		{"a 200 is noted too", func(w http.ResponseWriter) { w.WriteHeader(200) }, 200, 0},
		{"the first status counts", func(w http.ResponseWriter) { w.WriteHeader(201); w.WriteHeader(500) }, 201, 0},
		{"an announcement is no answer", func(w http.ResponseWriter) { w.WriteHeader(103) }, 0, 0},
		{"a change of protocol is one", func(w http.ResponseWriter) { w.WriteHeader(101) }, 101, 0},
		{"a body without a status is a 200", func(w http.ResponseWriter) { _, _ = io.WriteString(w, "abc") }, 200, 3},
		{"the parts of a body add up", func(w http.ResponseWriter) {
			w.WriteHeader(400)
			_, _ = io.WriteString(w, "abc")
			_, _ = io.WriteString(w, "de")
		}, 400, 5},
		{"a flush sends a 200", flush, 200, 0},
		{"a flush in the old way sends a 200", func(w http.ResponseWriter) { w.(http.Flusher).Flush() }, 200, 0},
		{"a flush that isn't possible sends nothing", func(w http.ResponseWriter) { flush(record(plainWriter{w})) }, 0, 0},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			rec := record(httptest.NewRecorder())
			row.handle(rec)
			assert.Equal(t, row.status, rec.status)
			assert.Equal(t, row.bytes, rec.bytes)
			assert.Equal(t, row.status != 0, rec.begun(), "a second answer must not follow a first")
		})
	}
}

func TestRecorder_isSharedByTheChain(t *testing.T) {
	rec := record(httptest.NewRecorder())
	assert.Same(t, rec, record(rec), "two recorders would cost twice")
}

func TestRecorder_keepsWhatTheServerCanDo(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := http.NewResponseController(record(w)).Hijack()
		if assert.NoError(t, err, "the controller must find the server's own writer through Unwrap") {
			_ = conn.Close()
		}
	}))
	defer srv.Close()
	_, err := srv.Client().Get(srv.URL)
	assert.Error(t, err, "the hijacked connection was closed without an answer")
}
