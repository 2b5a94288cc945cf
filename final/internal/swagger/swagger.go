// Package swagger serves Swagger UI, a page that shows the OpenAPI document
// and sends real requests to this very server.
//
// The page and its files are inside the binary, and its Content-Security-Policy
// lets it talk to no other host.
package swagger

import (
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"

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
	p, kept := newPage(specURL), &kept{}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := serve(w, r, p, kept); err != nil {
			problem.Write(w, err)
		}
	})
}

func serve(w http.ResponseWriter, r *http.Request, p page, kept *kept) error {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		return problem.New(problem.MethodNotAllowed, "")
	}
	switch r.URL.Path {
	case prefix:
		http.Redirect(w, r, indexPath, http.StatusFound)
		return nil
	case indexPath:
		p.write(w)
		return nil
	default:
		return serveFile(w, strings.TrimPrefix(r.URL.Path, prefix), kept)
	}
}

// serveFile sends a file that came with Swagger UI, in one write. All answers
// share its bytes: clients that don't read theirs cost no copy each.
func serveFile(w http.ResponseWriter, name string, kept *kept) error {
	mediaType := mediaTypeOf(name)
	if mediaType == "" {
		return problem.New(problem.NotFound, "")
	}
	text, err := kept.file(name)
	if err != nil {
		return problem.Wrap(problem.NotFound, err)
	}
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	w.Header().Set("Cache-Control", "max-age=3600") // they change with a release only
	_, _ = w.Write(text)                            // fails only if the client has gone
	return nil
}

// kept holds the files that somebody has asked for, each read once: package
// embed copies a file for whoever reads it. A name that is no file is not kept.
type kept struct {
	mu    sync.Mutex
	files map[string][]byte
}

func (k *kept) file(name string) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if text, ok := k.files[name]; ok {
		return text, nil
	}
	text, err := fs.ReadFile(files.FS, name)
	if err != nil {
		return nil, err
	}
	if k.files == nil {
		k.files = map[string][]byte{}
	}
	k.files[name] = text
	return text, nil
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
