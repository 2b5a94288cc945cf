package swagger_test

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"example.com/authbook/final/internal/swagger"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// get asks the handler as final mounts it: beside a catch-all, and behind
// headers that suit an API.
func get(method, target string) *httptest.ResponseRecorder {
	mux := http.NewServeMux()
	mux.Handle("/swagger/", swagger.Handler("/openapi.json"))
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	rec := httptest.NewRecorder()
	rec.Header().Set("Content-Security-Policy", "default-src 'none'")
	rec.Header().Set("Cache-Control", "no-store")
	mux.ServeHTTP(rec, httptest.NewRequest(method, target, nil))
	return rec
}

func TestHandler(t *testing.T) {
	rows := []struct {
		name, request string
		status        int
		contentType   string
		contains      string
		location      string
	}{
		{name: "the folder leads to the page", request: "GET /swagger/", status: 302, contentType: "text/html; charset=utf-8", location: "/swagger/index.html"},
		{name: "also without the slash", request: "GET /swagger", status: 307, contentType: "text/html; charset=utf-8", location: "/swagger/"},
		{name: "the page", request: "GET /swagger/index.html", status: 200, contentType: "text/html; charset=utf-8", contains: `<div id="swagger-ui">`},
		{name: "the page shows our document", request: "GET /swagger/index.html", status: 200, contentType: "text/html; charset=utf-8", contains: `url: "\/openapi.json"`},
		{name: "the page asks no validator on the internet", request: "GET /swagger/index.html", status: 200, contentType: "text/html; charset=utf-8", contains: "validatorUrl: null"},
		{name: "the page with a query", request: "GET /swagger/index.html?x", status: 200, contentType: "text/html; charset=utf-8", contains: `<div id="swagger-ui">`},
		{name: "HEAD of the page", request: "HEAD /swagger/index.html", status: 200, contentType: "text/html; charset=utf-8"},
		{name: "the style", request: "GET /swagger/swagger-ui.css", status: 200, contentType: "text/css; charset=utf-8", contains: ".swagger-ui"},
		{name: "the script", request: "GET /swagger/swagger-ui-bundle.js", status: 200, contentType: "text/javascript; charset=utf-8", contains: "SwaggerUIBundle"},
		{name: "the script with a query", request: "GET /swagger/swagger-ui-bundle.js?v=1", status: 200, contentType: "text/javascript; charset=utf-8", contains: "SwaggerUIBundle"},
		{name: "HEAD of the script", request: "HEAD /swagger/swagger-ui-bundle.js", status: 200, contentType: "text/javascript; charset=utf-8"},
		{name: "the icon", request: "GET /swagger/favicon-32x32.png", status: 200, contentType: "image/png", contains: "PNG"},
		{name: "an unknown file", request: "GET /swagger/nothing.js", status: 404, contentType: "application/problem+json", contains: "NOT_FOUND"},
		{name: "an unknown kind of file", request: "GET /swagger/swagger-ui.css.map", status: 404, contentType: "application/problem+json", contains: "NOT_FOUND"},
		{name: "the module's own page, whose script our policy blocks", request: "GET /swagger/oauth2-redirect.html", status: 404, contentType: "application/problem+json", contains: "NOT_FOUND"},
		{name: "a document of the Swagger generator, which we do not use", request: "GET /swagger/doc.json", status: 404, contentType: "application/problem+json", contains: "NOT_FOUND"},
		{name: "a folder", request: "GET /swagger/dist/", status: 404, contentType: "application/problem+json", contains: "NOT_FOUND"},
		{name: "a way out of the folder", request: "GET /swagger/..%2f..%2fswagger.js", status: 404, contentType: "application/problem+json", contains: "NOT_FOUND"},
		{name: "a name with a zero byte", request: "GET /swagger/%00.js", status: 404, contentType: "application/problem+json", contains: "NOT_FOUND"},
		{name: "a name that is a URL that does not parse", request: "GET /swagger/%25zz.js", status: 404, contentType: "application/problem+json", contains: "NOT_FOUND"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			method, target, _ := strings.Cut(row.request, " ")
			rec := get(method, target)
			assert.Equal(t, row.status, rec.Code)
			assert.Equal(t, row.contentType, rec.Header().Get("Content-Type"))
			assert.Equal(t, row.location, rec.Header().Get("Location"))
			assert.Contains(t, rec.Body.String(), row.contains)
		})
	}
}

// Thousands of clients may ask for a file and not read it. They share its bytes.
func TestHandler_copiesNoFile(t *testing.T) {
	handler := swagger.Handler("/openapi.json")
	request := httptest.NewRequest("GET", "/swagger/swagger-ui-bundle.js", nil)
	var first, second writes
	handler.ServeHTTP(&first, request)
	handler.ServeHTTP(&second, request)
	require.Equal(t, []int{1, 1}, []int{len(first), len(second)}, "one write each")
	assert.Greater(t, len(first[0]), 1<<20)
	assert.Same(t, &first[0][0], &second[0][0])
}

// writes are what a handler wrote, call by call.
type writes [][]byte

func (*writes) Header() http.Header { return http.Header{} }
func (*writes) WriteHeader(int)     {}
func (w *writes) Write(p []byte) (int, error) {
	*w = append(*w, p)
	return len(p), nil
}

func TestHandler_refusesOtherMethods(t *testing.T) {
	for _, method := range []string{"POST", "PUT", "DELETE", "OPTIONS"} {
		t.Run(method, func(t *testing.T) {
			rec := get(method, "/swagger/index.html")
			assert.Equal(t, http.StatusMethodNotAllowed, rec.Code)
			assert.Equal(t, "GET, HEAD", rec.Header().Get("Allow"))
			assert.Contains(t, rec.Body.String(), "METHOD_NOT_ALLOWED")
		})
	}
}

func TestHandler_caching(t *testing.T) {
	rows := []struct{ name, target, want string }{
		{name: "the page is asked for each time, since its policy may change", target: "/swagger/index.html", want: "no-cache"},
		{name: "the big files are kept", target: "/swagger/swagger-ui-bundle.js", want: "max-age=3600"},
		{name: "an error is not kept", target: "/swagger/nothing.js", want: "no-store"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			assert.Equal(t, row.want, get("GET", row.target).Header().Get("Cache-Control"))
		})
	}
}

func TestPage_contentSecurityPolicy(t *testing.T) {
	rec := get("GET", "/swagger/index.html")
	csp := directives(rec.Header().Get("Content-Security-Policy"))
	assert.Equal(t, "'none'", csp["default-src"], "what no other directive names is blocked")
	assert.Equal(t, "'self'", csp["connect-src"], "the page talks to this server alone")
	assert.Equal(t, "'none'", csp["frame-ancestors"], "no other page may put this one in a frame")
	assert.NotContains(t, rec.Header().Get("Content-Security-Policy"), "unsafe-inline")
	assert.NotContains(t, rec.Header().Get("Content-Security-Policy"), "unsafe-eval")

	inline := regexp.MustCompile(`(?s)<script>(.*?)</script>`).FindAllStringSubmatch(rec.Body.String(), -1)
	require.Len(t, inline, 1, "the page has one inline script")
	sum := sha256.Sum256([]byte(inline[0][1]))
	assert.Equal(t, "'self' 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'", csp["script-src"],
		"without its hash the page stays blank")
}

func directives(policy string) map[string]string {
	all := map[string]string{}
	for directive := range strings.SplitSeq(policy, "; ") {
		name, value, _ := strings.Cut(directive, " ")
		all[name] = value
	}
	return all
}

func TestPage_loadsNothingFromElsewhere(t *testing.T) {
	html := get("GET", "/swagger/index.html").Body.String()
	links := regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllStringSubmatch(html, -1)
	require.NotEmpty(t, links)
	for _, link := range links {
		file, ok := strings.CutPrefix(link[1], "./")
		require.True(t, ok, "%s is not one of our files", link[1])
		assert.Equal(t, http.StatusOK, get("GET", "/swagger/"+file).Code, link[1])
	}
}

func TestHandler_escapesTheDocumentsAddress(t *testing.T) {
	rec := httptest.NewRecorder()
	swagger.Handler(`/x"</script><script>alert(1)`).ServeHTTP(rec, httptest.NewRequest("GET", "/swagger/index.html", nil))
	assert.NotContains(t, rec.Body.String(), "alert(1)</script>")
	assert.NotContains(t, rec.Body.String(), `</script><script>alert`)
}
