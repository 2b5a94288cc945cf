package middleware

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestBeforeHeader(t *testing.T) {
	for _, row := range []struct {
		name    string
		handler http.HandlerFunc
		status  int
	}{
		{"a body", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("a")); _, _ = w.Write([]byte("b")) }, 200},
		{"a status", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }, 204},
		{"the status that is the default", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(200) }, 200},
		{"a flush", func(w http.ResponseWriter, _ *http.Request) { w.(http.Flusher).Flush() }, 200},
		{"a flush by the controller", func(w http.ResponseWriter, _ *http.Request) {
			_ = http.NewResponseController(w).Flush()
		}, 200},
		{"nothing", func(http.ResponseWriter, *http.Request) {}, 200},
		{"a panic", func(http.ResponseWriter, *http.Request) { panic("out of paper") }, 500},
	} {
		t.Run(row.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			times := 0
			func() {
				defer func() {
					if recover() != nil {
						w.WriteHeader(500)
					}
				}()
				beforeHeader(row.handler, w, httptest.NewRequest("GET", "/", nil), func() {
					times++
					w.Header().Set("X-Late", "no")
				})
			}()
			assert.Equal(t, row.status, w.Code)
			assert.Equal(t, "no", w.Result().Header.Get("X-Late"), "it must come before the header is sent")
			assert.Equal(t, 1, times, "it must be called once")
		})
	}
}

// 103 Early Hints goes out before the answer, which may take a while yet.
func TestBeforeHeader_waitsForTheAnswer(t *testing.T) {
	w := httptest.NewRecorder()
	said := false
	beforeHeader(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusEarlyHints)
		assert.False(t, said, "an answer is not announced and sent at once")
	}), w, httptest.NewRequest("GET", "/", nil), func() { said = true })
	assert.True(t, said)
}
