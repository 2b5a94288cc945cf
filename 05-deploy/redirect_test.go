package deploy

import (
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRedirectToHTTPS(t *testing.T) {
	rows := []struct {
		name, method, target string
		status               int
		location             string
	}{
		{"a page goes on to HTTPS", "GET", "/swagger/index.html?a=b", 308,
			"https://auth.example.com/swagger/index.html?a=b"},
		{"so does HEAD", "HEAD", "/", 308, "https://auth.example.com/"},
		{"two slashes name no other host", "GET", "//evil.example/x", 308, "https://auth.example.com//evil.example/x"},
		{"a whole URL names no other host", "GET", "http://evil.example/x", 308, "https://auth.example.com/x"},
		{"what would run into the domain's name is no path", "GET", "x:.evil.example/", 308,
			"https://auth.example.com/"},
		{"nor is what would make the domain a password", "GET", "x:@evil.example/", 308, "https://auth.example.com/"},
		{"a password is not sent on", "POST", "/login", 403, ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			r := httptest.NewRequestWithContext(t.Context(), row.method, "/", nil)
			r.Host = "evil.example"
			r.URL = parsed(t, row.target)
			rec := httptest.NewRecorder()
			RedirectToHTTPS("auth.example.com").ServeHTTP(rec, r)
			assert.Equal(t, row.status, rec.Code)
			assert.Equal(t, row.location, rec.Header().Get("Location"))
			assert.Empty(t, rec.Header().Get("Strict-Transport-Security"), "not over plain HTTP (RFC 6797 section 7.2)")
		})
	}
}

// parsed is the URL as net/http parses the first line of a request.
func parsed(t *testing.T, target string) *url.URL {
	t.Helper()
	u, err := url.ParseRequestURI(target)
	require.NoError(t, err)
	return u
}
