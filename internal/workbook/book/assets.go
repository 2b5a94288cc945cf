package book

import (
	"embed"
	"html/template"
	"net/http"
	"path"
)

//go:embed assets
var assets embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{"inc": func(i int) int { return i + 1 }}).
	ParseFS(assets, "assets/*.html"))

// contentPolicy lets a page use its own files and ask this server, and nothing else (CSP
// Level 3). A picture has its own style, which reaches nothing else.
const (
	contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
		"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
	picturePolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
)

// secured sets the headers of each answer. A page may be another after each save, so
// nobody keeps it.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range map[string]string{
			"Content-Security-Policy": contentPolicy, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store",
			"Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			w.Header().Set(name, value)
		}
		next.ServeHTTP(w, r)
	})
}

// addAssets serves the files of the pages.
func addAssets(mux *http.ServeMux) {
	for _, name := range []string{"book.css", "book.js", "icon.svg"} {
		content, err := assets.ReadFile("assets/" + name)
		if err != nil {
			panic(err) // it is in the binary
		}
		mux.HandleFunc("GET /assets/"+name, func(w http.ResponseWriter, _ *http.Request) { send(w, name, content) })
	}
}

// send writes a file.
func send(w http.ResponseWriter, name string, content []byte) {
	setKind(w, name)
	_, _ = w.Write(content) // fails only if the client has gone
}

// setKind says of what kind a file is.
func setKind(w http.ResponseWriter, name string) {
	kinds := map[string]string{
		".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml",
	}
	w.Header().Set("Content-Type", kinds[path.Ext(name)]+"; charset=utf-8")
}

// write fills a template.
func (b *Book) write(w http.ResponseWriter, name string, data any) {
	setKind(w, ".html")
	_ = templates.ExecuteTemplate(w, name, data) // as above
}
