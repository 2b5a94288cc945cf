package docs

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// Validators take all that OpenAPI 3.1 allows. Generators and proxies do not:
// unfitFor lists what they stumble over, each with its line.
func unfitFor(t *testing.T, document string) []string {
	t.Helper()
	var doc yaml.Node
	require.NoError(t, yaml.Unmarshal([]byte(document), &doc))
	return append(unfitNodes(&doc), sharedNames(t, document)...)
}

// unfitNodes walks the whole document.
func unfitNodes(n *yaml.Node) []string {
	found := unfitKeys(n)
	for _, child := range n.Content {
		found = append(found, unfitNodes(child)...)
	}
	return found
}

// unfitKeys looks at one mapping. Some tools drop what is beside a $ref, others
// drop the $ref. Some make a type out of the member type alone.
func unfitKeys(n *yaml.Node) []string {
	keys := keysOf(n)
	var found []string
	if slices.Contains(keys, "$ref") && len(keys) > 1 {
		found = append(found, fmt.Sprintf("line %d: $ref is not alone", n.Line))
	}
	narrows := slices.Contains(keys, "const") || slices.Contains(keys, "enum")
	if narrows && !slices.Contains(keys, "type") {
		found = append(found, fmt.Sprintf("line %d: const or enum without a type", n.Line))
	}
	return found
}

// keysOf returns the keys of a mapping, and nothing for any other node.
func keysOf(n *yaml.Node) []string {
	if n.Kind != yaml.MappingNode {
		return nil
	}
	var keys []string
	for i := 0; i < len(n.Content); i += 2 {
		keys = append(keys, n.Content[i].Value)
	}
	return keys
}

// sharedNames lists what is both a schema and a response: a generator makes one
// type of each, and has one name for the two.
func sharedNames(t *testing.T, document string) []string {
	t.Helper()
	var doc struct {
		Components struct{ Schemas, Responses map[string]any }
	}
	require.NoError(t, yaml.Unmarshal([]byte(document), &doc))
	var found []string
	for name := range doc.Components.Responses {
		if _, shared := doc.Components.Schemas[name]; shared {
			found = append(found, name+": a schema and a response have this name")
		}
	}
	return found
}

func TestDocument_isFitForGenerators(t *testing.T) {
	assert.Empty(t, unfitFor(t, openAPI))
}

func TestUnfitFor_findsWhatToolsStumbleOver(t *testing.T) {
	rows := []struct{ name, old, new, want string }{
		{
			name: "a member beside $ref", want: "$ref is not alone",
			old: "schema: {$ref: '#/components/schemas/InvalidProblem'}",
			new: "schema: {$ref: '#/components/schemas/Problem', properties: {status: {type: integer, const: 400}}}",
		},
		{name: "a const without a type", old: "{type: integer, const: 400}", new: "{const: 400}", want: "const or enum without a type"},
		{name: "an enum without a type", old: "{type: string, enum: [OVER", new: "{enum: [OVER", want: "const or enum without a type"},
		{name: "a response named like a schema", old: "UserAnswer:", new: "User:", want: "User: a schema and a response have this name"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			require.Contains(t, openAPI, row.old)
			found := unfitFor(t, strings.Replace(openAPI, row.old, row.new, 1))
			require.Len(t, found, 1)
			assert.Contains(t, found[0], row.want)
		})
	}
}
