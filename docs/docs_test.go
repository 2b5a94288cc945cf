package docs

import (
	"bytes"
	"context"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"example.com/authbook/internal/problem"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

func TestOpenAPIJSON_saysTheSameAsTheYAML(t *testing.T) {
	got, err := OpenAPIJSON()
	require.NoError(t, err)
	var doc any
	require.NoError(t, yaml.Unmarshal([]byte(openAPI), &doc))
	want, err := json.Marshal(doc)
	require.NoError(t, err)
	assert.JSONEq(t, string(want), string(got), "the server would describe another API than openapi.yaml does")
}

func TestWriteJSON(t *testing.T) {
	rows := []struct{ name, yaml, json, err string }{
		{name: "members keep their order", yaml: "b: 1\na: 2\n", json: `{"b":1,"a":2}`},
		{name: "a number as key becomes a string", yaml: "responses: {200: {}}", json: `{"responses":{"200":{}}}`},
		{name: "scalars keep their type", yaml: "[1, 1.5, '1', true, null, text]", json: `[1,1.5,"1",true,null,"text"]`},
		{name: "text is escaped", yaml: `'a "b" <c>'`, json: `"a \"b\" \u003cc\u003e"`},
		{name: "an alias is refused", yaml: "a: &x 1\nb: *x\n", err: "line 2: the document uses no aliases"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			var doc yaml.Node
			require.NoError(t, yaml.Unmarshal([]byte(row.yaml), &doc))
			var out bytes.Buffer
			err := writeJSON(&out, &doc)
			if row.err != "" {
				assert.EqualError(t, err, row.err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, row.json, out.String())
		})
	}
}

// validate returns the document as kin-openapi reads it, and what it has to say
// of it, examples included.
func validate(doc string) (*openapi3.T, error) {
	loaded, err := openapi3.NewLoader().LoadFromData([]byte(doc))
	if err != nil {
		return nil, err
	}
	return loaded, loaded.Validate(context.Background(),
		openapi3.EnableExamplesValidation(), openapi3.EnableSchemaFormatValidation())
}

// validated is our document, read once. The tests only look at it.
var validated = sync.OnceValues(func() (*openapi3.T, error) { return validate(openAPI) })

func load(t *testing.T) *openapi3.T {
	t.Helper()
	doc, err := validated()
	require.NoError(t, err, "the document is no valid OpenAPI 3.1")
	require.Equal(t, "3.1.0", doc.OpenAPI)
	return doc
}

func TestDocument_isValid(t *testing.T) { load(t) }

// These rows show that the validation bites.
func TestValidate_findsFaults(t *testing.T) {
	rows := []struct{ name, old, new string }{
		{name: "an example of the wrong shape", old: "roles: [{role: USER}]}", new: "roles: [USER]}"},
		{name: "an example with an unknown code", old: "code: LAST_ADMIN, detail", new: "code: LASTADMIN, detail"},
		{name: "an example with the code of another status", old: "status: 409, code: LAST_ADMIN", new: "status: 409, code: NOT_FOUND"},
		{name: "an unknown type", old: "type: boolean", new: "type: truth"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			require.Contains(t, openAPI, row.old)
			_, err := validate(strings.Replace(openAPI, row.old, row.new, 1))
			assert.Error(t, err)
		})
	}
}

func TestDocument_hasTheCodesOfPackageProblem(t *testing.T) {
	var listed []string
	for _, code := range load(t).Components.Schemas["Code"].Value.Enum {
		listed = append(listed, code.(string))
	}
	assert.Equal(t, problemCodes(t), listed, "clients branch on the codes, so the list must be the true one")
}

// problemCodes reads the constants of type Code from the source, in order.
func problemCodes(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../internal/problem/code.go", nil, 0)
	require.NoError(t, err)
	var codes []string
	for n := range ast.Preorder(file) {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			continue
		}
		if typ, ok := spec.Type.(*ast.Ident); ok && typ.Name == "Code" {
			code, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			require.NoError(t, err)
			codes = append(codes, code)
		}
	}
	return codes
}

func TestDocument_problemExamplesAreWhatTheServerAnswers(t *testing.T) {
	seen := map[string]bool{}
	for name, ref := range load(t).Components.Examples {
		example, ok := ref.Value.Value.(map[string]any)
		if !ok || example["code"] == nil {
			continue
		}
		t.Run(name, func(t *testing.T) {
			code := example["code"].(string)
			seen[code] = true
			rec := httptest.NewRecorder()
			problem.Write(rec, problem.New(problem.Code(code), ""))
			var answer map[string]any
			require.NoError(t, json.Unmarshal(rec.Body.Bytes(), &answer))
			same := maps.Clone(example)
			delete(same, "errors") // which fields are wrong is up to the request
			assert.Equal(t, answer, same)
		})
	}
	assert.Len(t, seen, len(problemCodes(t)), "every code has an example")
}

// operation is one entry of the document, such as POST /signup.
type operation struct {
	name string
	*openapi3.Operation
}

func operations(t *testing.T) []operation {
	t.Helper()
	var ops []operation
	for path, item := range load(t).Paths.Map() {
		for method, op := range item.Operations() {
			ops = append(ops, operation{name: method + " " + path, Operation: op})
		}
	}
	require.NotEmpty(t, ops)
	return ops
}

func TestOperations_areDescribed(t *testing.T) {
	var tags, ids []string
	for _, tag := range load(t).Tags {
		tags = append(tags, tag.Name)
	}
	for _, op := range operations(t) {
		t.Run(op.name, func(t *testing.T) {
			assert.NotEmpty(t, op.OperationID)
			assert.NotContains(t, ids, op.OperationID, "two operations of one id")
			ids = append(ids, op.OperationID)
			assert.NotEmpty(t, op.Summary)
			assert.NotEmpty(t, op.Description)
			assert.NotNil(t, op.Security, "say who may call it, and be it anybody")
			require.Len(t, op.Tags, 1)
			assert.Contains(t, tags, op.Tags[0], "a tag without a description")
		})
	}
}

func TestOperations_haveExamples(t *testing.T) {
	for _, op := range operations(t) {
		t.Run(op.name, func(t *testing.T) {
			if op.RequestBody != nil {
				assertExamples(t, "request", op.RequestBody.Value.Content)
			}
			for status, response := range op.Responses.Map() {
				assertExamples(t, status, response.Value.Content)
			}
		})
	}
}

func assertExamples(t *testing.T, where string, content openapi3.Content) {
	t.Helper()
	for mediaType, m := range content {
		if strings.HasPrefix(mediaType, "image/") {
			continue
		}
		assert.NotEmpty(t, m.Examples, "%s %s: a reader learns from an example first", where, mediaType)
	}
}

func TestOperations_promiseWhatTheServerAlwaysDoes(t *testing.T) {
	for _, op := range operations(t) {
		t.Run(op.name, func(t *testing.T) {
			for status, response := range op.Responses.Map() {
				for _, header := range requiredHeaders(status) {
					ref := response.Value.Headers[header]
					require.NotNil(t, ref, "%s has no %s", status, header)
					assert.True(t, ref.Value.Required, "%s may leave out %s", status, header)
				}
				if status >= "400" {
					assertProblem(t, status, response.Value.Content)
				}
			}
		})
	}
}

// A header comes as text, and its schema's type says what to read it as. A
// schema without a type, such as {const: no-store}, matches no header at all.
func TestHeaders_haveAType(t *testing.T) {
	for _, op := range operations(t) {
		for status, response := range op.Responses.Map() {
			for name, ref := range response.Value.Headers {
				assert.NotEmpty(t, ref.Value.Schema.Value.Type.Slice(), "%s %s %s", op.name, status, name)
			}
		}
	}
}

func requiredHeaders(status string) []string {
	switch status {
	case "401":
		return []string{"X-Request-ID", "WWW-Authenticate"}
	case "429", "503":
		return []string{"X-Request-ID", "Retry-After"}
	default:
		return []string{"X-Request-ID"}
	}
}

// assertProblem checks that an error is a problem and that its examples are of
// its status.
func assertProblem(t *testing.T, status string, content openapi3.Content) {
	t.Helper()
	require.Equal(t, []string{problem.ContentType}, slices.Collect(maps.Keys(content)), status)
	for name, ref := range content[problem.ContentType].Examples {
		example := ref.Value.Value.(map[string]any)
		assert.Equal(t, status, strconv.FormatFloat(example["status"].(float64), 'f', 0, 64), name)
	}
}

func TestOperations_listTheRefusalsThatTheirInputCanMeet(t *testing.T) {
	for _, op := range operations(t) {
		t.Run(op.name, func(t *testing.T) {
			statuses := slices.Collect(maps.Keys(op.Responses.Map()))
			if op.RequestBody != nil {
				assert.Subset(t, statuses, []string{"400", "413", "415"}, "a body can be wrong, too large, or no JSON")
			}
			if needsToken(op.Operation) {
				assert.Subset(t, statuses, []string{"401", "503"}, "a token can be wrong, or its session not be read")
			}
			assert.NotContains(t, statuses, "default", "it would document every status there is")
			assert.NotContains(t, statuses, "500", "no request should cause it")
		})
	}
}

// needsToken tells whether no way into the operation is open to everybody.
func needsToken(op *openapi3.Operation) bool {
	return len(*op.Security) > 0 && !slices.ContainsFunc(*op.Security, func(way openapi3.SecurityRequirement) bool {
		return len(way) == 0
	})
}

func TestSchemas_allowNoUnknownMember(t *testing.T) {
	for name, ref := range load(t).Components.Schemas {
		if !ref.Value.Type.Is("object") {
			continue
		}
		allowed := ref.Value.AdditionalProperties.Has
		require.NotNil(t, allowed, name)
		assert.False(t, *allowed, "%s: a member that nobody described would go unseen", name)
	}
}
