package web

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"

	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/csp"
	"example.com/authbook/internal/lang"
)

//go:embed home.html
var homePage string

// home answers GET / with a page that leads on. It needs no script; its one
// style sheet is inline, and the policy allows that one alone, by its hash.
func home(origin config.Origin, swagger, lab bool) http.HandlerFunc {
	pages := map[string][]byte{}
	for _, language := range []string{lang.English, lang.Korean} {
		var page bytes.Buffer
		values := map[string]any{"URL": origin, "Swagger": swagger, "Lab": lab, "Language": language}
		err := template.Must(template.New("home").Parse(homePage)).Execute(&page, values)
		if err != nil { // a test holds that it fits
			panic(err)
		}
		pages[language] = page.Bytes()
	}
	policy := "default-src 'none'; style-src " + csp.Hash(styleOf(pages[lang.English])) +
		"; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Content-Security-Policy", policy)
		_, _ = w.Write(pages[lang.Choose(w, r, origin.Secure(), lang.English)])
	}
}

// styleOf returns what is between the page's style tags.
func styleOf(page []byte) []byte {
	_, rest, _ := bytes.Cut(page, []byte("<style>"))
	style, _, _ := bytes.Cut(rest, []byte("</style>"))
	return style
}
