package web

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"example.com/authbook/docs"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// mux.Handle("GET /me", …
var route = regexp.MustCompile(`mux\.Handle\("([A-Z]+) ([^"]+)"`)

// A route that the document lacks is one that no contract test looks at.
func TestRoutes_areTheOperationsOfTheDocument(t *testing.T) {
	source, err := os.ReadFile("routes.go")
	require.NoError(t, err)
	served := []string{"GET /swagger/{file}"} // by the handler of /swagger/
	for _, r := range route.FindAllStringSubmatch(string(source), -1) {
		served = append(served, r[1]+" "+strings.TrimSuffix(r[2], "{$}"))
	}
	text, err := docs.OpenAPIJSON()
	require.NoError(t, err)
	var document struct{ Paths map[string]map[string]any }
	require.NoError(t, json.Unmarshal(text, &document))
	var operations []string
	for path, methods := range document.Paths {
		for method := range methods {
			operations = append(operations, strings.ToUpper(method)+" "+path)
		}
	}
	assert.ElementsMatch(t, operations, served)
}
