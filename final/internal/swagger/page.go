package swagger

import (
	"bytes"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"example.com/authbook/final/internal/csp"
	httpswagger "github.com/swaggo/http-swagger/v2"
)

// page is index.html, rendered once: http-swagger's own handler answers HEAD
// with 405 and index.html?x with 404.
type page struct {
	html []byte
	csp  string
}

func newPage(specURL string) page {
	html := render(httpswagger.Handler(
		httpswagger.URL(specURL),
		// Without the bar whose field would load any other document.
		httpswagger.Layout(httpswagger.BaseLayout),
		// The default, and on purpose: the access token dies with the tab
		// and never lies in the browser's storage.
		httpswagger.PersistAuthorization(false),
	))
	return page{html: html, csp: contentSecurityPolicy(html)}
}

func (p page) write(w http.ResponseWriter) {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", p.csp)
	h.Set("Cache-Control", "no-cache")
	_, _ = w.Write(p.html) // fails only if the client has gone
}

// render returns what h answers for index.html.
func render(h http.Handler) []byte {
	var w buffer
	h.ServeHTTP(&w, &http.Request{
		Method:     http.MethodGet,
		URL:        &url.URL{Path: indexPath},
		RequestURI: indexPath, // the one that http-swagger reads
	})
	return w.Bytes()
}

// buffer is an http.ResponseWriter that keeps the body.
type buffer struct{ bytes.Buffer }

func (*buffer) Header() http.Header { return http.Header{} }
func (*buffer) WriteHeader(int)     {}

var (
	inlineScript   = regexp.MustCompile(`(?s)<script>(.*?)</script>`)
	inlineStyle    = regexp.MustCompile(`(?s)<style>(.*?)</style>`)
	styleAttribute = regexp.MustCompile(`style="([^"]*)"`)
)

// contentSecurityPolicy allows the page its own files, requests to this
// server, and the inline script and styles that html holds, by their hashes
// (CSP Level 3 section 2.3.1). Everything else is blocked: a script that
// somebody slipped into the document would not run. 'unsafe-hashes' is needed
// for a hash to count for an attribute, and here it counts for style attributes
// alone.
func contentSecurityPolicy(html []byte) string {
	return strings.Join([]string{
		"default-src 'none'",
		"script-src 'self'" + hashes(inlineScript, html),
		"style-src 'self'" + hashes(inlineStyle, html),
		"style-src-attr 'unsafe-hashes'" + hashes(styleAttribute, html),
		"img-src 'self' data:", // the icons in swagger-ui.css
		"connect-src 'self'",   // the document, and "Try it out"
		"base-uri 'none'",
		"form-action 'none'",
		"frame-ancestors 'none'",
	}, "; ")
}

// hashes returns a source expression for each match, with a space in front.
func hashes(element *regexp.Regexp, html []byte) string {
	var s strings.Builder
	for _, m := range element.FindAllSubmatch(html, -1) {
		s.WriteString(" " + csp.Hash(m[1]))
	}
	return s.String()
}
