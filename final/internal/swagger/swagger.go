// Package swagger serves Swagger UI, a page that shows the OpenAPI document
// and sends real requests to this very server.
//
// The page and its files are inside the binary, and its Content-Security-Policy
// lets it talk to no other host.
package swagger

import (
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"

	"example.com/authbook/internal/problem"
	files "github.com/swaggo/files/v2"
)

const (
	prefix    = "/swagger/"
	indexPath = prefix + "index.html"
)

// Handler serves the page for the document at specURL, such as /openapi.json.
// Mount it at /swagger/.
//
//	GET /swagger/            302 to /swagger/index.html
//	GET /swagger/index.html  200, the page
//	GET /swagger/{file}      200, a style, script or icon; else 404 NOT_FOUND
//
// HEAD answers like GET, and any other method is 405 METHOD_NOT_ALLOWED.
func Handler(specURL string) http.Handler {
	p := newPage(specURL)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := serve(w, r, p); err != nil {
			problem.Write(w, err)
		}
	})
}

func serve(w http.ResponseWriter, r *http.Request, p page) error {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		return problem.New(problem.MethodNotAllowed, "")
	}
	switch r.URL.Path {
	case "/swagger", prefix:
		http.Redirect(w, r, indexPath, http.StatusFound)
		return nil
	case indexPath:
		p.write(w)
		return nil
	default:
		return serveFile(w, strings.TrimPrefix(r.URL.Path, prefix))
	}
}

// serveFile sends a file that came with Swagger UI.
func serveFile(w http.ResponseWriter, name string) error {
	mediaType := mediaTypeOf(name)
	if mediaType == "" {
		return problem.New(problem.NotFound, "")
	}
	f, err := files.FS.Open(name)
	if err != nil {
		return problem.Wrap(problem.NotFound, err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Length", strconv.FormatInt(info.Size(), 10))
	w.Header().Set("Cache-Control", "max-age=3600") // they change with a release only
	_, _ = io.Copy(w, f)                            // fails only if the client has gone
	return nil
}

// mediaTypeOf knows the kinds of files that the page asks for. The module has
// more: source maps, and pages with scripts that our policy would block. Those
// are not served. The types are fixed here because package mime answers what
// the machine's own tables say.
func mediaTypeOf(name string) string {
	switch path.Ext(name) {
	case ".css":
		return "text/css; charset=utf-8"
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".png":
		return "image/png"
	default:
		return ""
	}
}
