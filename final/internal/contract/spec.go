// Package contract holds a server to its OpenAPI document. It is for tests:
// its messages quote requests and answers.
//
//	spec, err := contract.New(document)
//	client := &http.Client{Transport: spec.Transport(t, http.DefaultTransport)}
//
// Every answer that the client gets is checked against the document, and so
// is every request that the server accepted. [Spec.Uncovered] then lists the
// documented answers that no test ever got.
package contract

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"
)

// Spec is a document and the record of which of its answers were seen. It is
// safe for concurrent use: one Spec serves all tests of a package.
type Spec struct {
	router  routers.Router
	outside *routers.Route

	mu     sync.Mutex
	unseen map[string]bool // such as "POST /login 200"
}

// New reads an OpenAPI 3.1 document, as YAML or JSON.
func New(document []byte) (*Spec, error) {
	doc, err := openapi3.NewLoader().LoadFromData(document)
	if err != nil {
		return nil, fmt.Errorf("contract: %w", err)
	}
	doc.Servers = nil // the router would compare them with the test's own host
	router, err := legacy.NewRouter(doc)
	if err != nil {
		return nil, fmt.Errorf("contract: %w", err)
	}
	return &Spec{router: router, outside: outside(doc), unseen: documented(doc)}, nil
}

// outside is the operation of every request that belongs to none: an unknown
// path, an unknown method, a huge body where none is asked for. The document
// describes these answers once, under components.
func outside(doc *openapi3.T) *routers.Route {
	responses := openapi3.NewResponses()
	responses.Delete("default")
	for status, name := range map[string]string{"404": "NotFound", "405": "MethodNotAllowed", "413": "TooLarge"} {
		if ref := doc.Components.Responses[name]; ref != nil {
			responses.Set(status, ref)
		}
	}
	return &routers.Route{
		Spec:      doc,
		PathItem:  &openapi3.PathItem{},
		Operation: &openapi3.Operation{Responses: responses},
	}
}

func documented(doc *openapi3.T) map[string]bool {
	all := map[string]bool{}
	for path, item := range doc.Paths.Map() {
		for method, operation := range item.Operations() {
			for status := range operation.Responses.Map() {
				all[method+" "+path+" "+status] = true
			}
		}
	}
	return all
}

// route finds the operation of a request. HEAD answers like GET, without the
// body (RFC 9110 section 9.3.2).
func (s *Spec) route(r *http.Request) (*routers.Route, map[string]string) {
	asked := r.Clone(r.Context())
	if asked.Method == http.MethodHead {
		asked.Method = http.MethodGet
	}
	route, params, err := s.router.FindRoute(asked)
	if err != nil {
		return s.outside, nil
	}
	return route, params
}

func (s *Spec) seen(route *routers.Route, status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.unseen, fmt.Sprintf("%s %s %d", route.Method, route.Path, status))
}

// Uncovered lists the documented answers that no request got, sorted by path,
// each like "POST /login 429".
func (s *Spec) Uncovered() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.SortedFunc(maps.Keys(s.unseen), func(a, b string) int {
		return strings.Compare(pathFirst(a), pathFirst(b))
	})
}

func pathFirst(answer string) string {
	method, rest, _ := strings.Cut(answer, " ")
	return rest + " " + method
}
