package middleware_test

import (
	"net/http"
	"testing"
	"time"

	"example.com/authbook/01-middleware"
	"github.com/stretchr/testify/assert"
)

func TestHSTS(t *testing.T) {
	h := wrap(t, middleware.HSTS(365*24*time.Hour), http.HandlerFunc(ok))
	w := send(h, get("/"))
	assert.Equal(t, "max-age=31536000", w.Header().Get("Strict-Transport-Security"),
		"the time is in seconds, as RFC 6797 has it")
	assert.Equal(t, "ok", w.Body.String(), "the handler must still answer")
}
