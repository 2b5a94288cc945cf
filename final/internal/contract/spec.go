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
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
)

// Spec is a document and the record of which of its answers were seen. It is
// safe for concurrent use: one Spec serves all tests of a package.
type Spec struct {
	mux     *http.ServeMux // routes like the server, to operations
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
	if err := doc.Validate(context.Background()); err != nil {
		return nil, fmt.Errorf("contract: %w", err)
	}
	s := &Spec{mux: http.NewServeMux(), outside: outside(doc), unseen: map[string]bool{}}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			s.add(&routers.Route{Spec: doc, Path: path, PathItem: item, Method: method, Operation: op})
		}
	}
	return s, nil
}

func (s *Spec) add(route *routers.Route) {
	pattern := route.Method + " " + route.Path
	if strings.HasSuffix(pattern, "/") {
		pattern += "{$}" // without it, a slash at the end would stand for everything below
	}
	s.mux.Handle(pattern, operation{route})
	for status := range route.Operation.Responses.Map() {
		s.unseen[route.Method+" "+route.Path+" "+status] = true
	}
}

// operation is a route in the mux. It answers nothing.
type operation struct{ *routers.Route }

func (operation) ServeHTTP(http.ResponseWriter, *http.Request) {}

// outside is the operation of every request that belongs to none: an unknown
// path, an unknown method, a huge body where none is asked for. The document
// describes these answers once, under components.
func outside(doc *openapi3.T) *routers.Route {
	components := cmp.Or(doc.Components, &openapi3.Components{})
	responses := openapi3.NewResponses()
	responses.Delete("default")
	for status, name := range map[string]string{"404": "NotFound", "405": "MethodNotAllowed", "413": "TooLarge"} {
		if ref := components.Responses[name]; ref != nil {
			responses.Set(status, ref)
		}
	}
	return &routers.Route{
		Spec:      doc,
		PathItem:  &openapi3.PathItem{},
		Operation: &openapi3.Operation{Responses: responses},
	}
}

// route finds the operation of a request, and the values of the parameters in
// its path. The mux takes HEAD to GET, like the server's.
func (s *Spec) route(r *http.Request) (*routers.Route, map[string]string) {
	asked := r.Clone(r.Context())
	asked.URL.Path = cmp.Or(asked.URL.Path, "/")
	handler, _ := s.mux.Handler(asked)
	op, ok := handler.(operation)
	if !ok {
		return s.outside, nil
	}
	s.mux.ServeHTTP(httptest.NewRecorder(), asked) // sets the path values
	params := map[string]string{}
	for _, parameter := range op.Operation.Parameters {
		params[parameter.Value.Name] = asked.PathValue(parameter.Value.Name)
	}
	return op.Route, params
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
