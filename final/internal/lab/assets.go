package lab

import (
	"embed"
	"net/http"
	"path"
)

//go:embed assets
var assets embed.FS

// contentPolicy lets the page use its own files and ask this server, and nothing else (CSP
// Level 3).
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

const index = "index.html"

// addAssets serves the page at /lab/ and its files beside it.
func addAssets(mux *http.ServeMux) {
	files, err := assets.ReadDir("assets")
	if err != nil {
		panic(err) // the folder is in the binary
	}
	for _, file := range files {
		pattern := "GET /lab/" + file.Name()
		if file.Name() == index {
			pattern = "GET /lab/{$}"
		}
		mux.Handle(pattern, asset(file.Name()))
	}
}

// asset serves one file. It may be a newer one after each build, so nobody keeps it:
// the headers of every answer say so.
func asset(name string) http.Handler {
	text, err := assets.ReadFile("assets/" + name)
	if err != nil {
		panic(err) // as above
	}
	kinds := map[string]string{
		".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml",
	}
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kinds[path.Ext(name)]+"; charset=utf-8")
		w.Header().Set("Content-Security-Policy", contentPolicy)
		_, _ = w.Write(text) // fails only if the client has gone
	})
}
