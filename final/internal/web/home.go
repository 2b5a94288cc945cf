package web

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"net/http"

	"example.com/authbook/final/internal/config"
)

//go:embed home.html
var homePage string

// home answers GET / with a page that leads on. It needs no script; its one
// style sheet is inline, and the policy allows that one alone, by its hash.
func home(c config.Config) http.HandlerFunc {
	var page bytes.Buffer
	err := template.Must(template.New("home").Parse(homePage)).Execute(&page, map[string]any{"URL": c.PublicURL, "Swagger": c.Swagger})
	if err != nil { // a test holds that it fits
		panic(err)
	}
	policy := "default-src 'none'; style-src '" + hashOf(styleOf(page.Bytes())) +
		"'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	return func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Security-Policy", policy)
		_, _ = w.Write(page.Bytes())
	}
}

// styleOf returns what stands between the page's style tags.
func styleOf(page []byte) []byte {
	_, rest, _ := bytes.Cut(page, []byte("<style>"))
	style, _, _ := bytes.Cut(rest, []byte("</style>"))
	return style
}

// hashOf returns the source expression of an inline element (CSP Level 3
// section 2.3.1).
func hashOf(element []byte) string {
	sum := sha256.Sum256(element)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
