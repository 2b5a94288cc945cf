package web

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestMetrics_answerToNamesOfTheOperatorAlone(t *testing.T) {
	rows := []struct {
		name, host string
		status     int
	}{
		{"an IPv4 address", "127.0.0.1:9090", 200},
		{"an IPv4 address without a port", "192.0.2.7", 200},
		{"an IPv6 address", "[::1]:9090", 200},
		{"an IPv6 address without a port", "[2001:db8::7]", 200},
		{"localhost", "localhost:9090", 200},
		{"in capitals", "LOCALHOST", 200},
		{"a name of ADMIN_HOSTS", "authbook.internal:9090", 200},
		{"in capitals too", "Authbook.Internal", 200},
		{"a page's own name", "evil.example:9090", 421},
		{"a name that ends like one of ours", "evil-authbook.internal", 421},
		{"a name that begins like one", "localhost.evil.example", 421},
		{"an address that is a name", "127.0.0.1.evil.example", 421},
		{"no name", "", 421},
		{"nonsense", "[evil", 421},
	}
	handler := newMetrics().handler([]string{"authbook.internal"})
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
			r.Host = row.host
			w := httptest.NewRecorder()
			handler.ServeHTTP(w, r)
			assert.Equal(t, row.status, w.Code)
			assert.Equal(t, row.status == 200, w.Body.Len() > 1000, "nothing is told to the others")
		})
	}
}
