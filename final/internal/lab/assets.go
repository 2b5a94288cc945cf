package lab

import (
	"embed"
	"net/http"
	"path"
	"strings"

	"example.com/authbook/internal/lang"
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
		text, err := assets.ReadFile("assets/" + file.Name())
		if err != nil {
			panic(err) // as above
		}
		if file.Name() == index {
			mux.Handle("GET /lab/{$}", front(string(text)))
			continue
		}
		mux.Handle("GET /lab/"+file.Name(), asset(file.Name(), text))
	}
}

// front serves the page in the reader's language: its scripts take theirs from it.
func front(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		language := lang.Choose(w, r, false, lang.English) // it is for this machine, by http
		asset(index, []byte(strings.Replace(text, `lang="en"`, `lang="`+language+`"`, 1))).ServeHTTP(w, r)
	}
}

// asset serves one file. It may be a newer one after each build, so nobody keeps it:
// the headers of every answer say so.
func asset(name string, text []byte) http.Handler {
	kinds := map[string]string{".html": "text/html", ".css": "text/css", ".js": "text/javascript",
		".json": "application/json", ".svg": "image/svg+xml"}
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kinds[path.Ext(name)]+"; charset=utf-8")
		w.Header().Set("Content-Security-Policy", contentPolicy)
		_, _ = w.Write(text) // fails only if the client has gone
	})
}
