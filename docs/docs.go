// Package docs holds the OpenAPI 3.1 document of the server, written by hand
// in openapi.yaml and embedded. The guides beside it are for readers.
package docs

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"fmt"

	"go.yaml.in/yaml/v3"
)

// openAPI is the document as it was written, in YAML.
//
//go:embed openapi.yaml
var openAPI string

// OpenAPIJSON returns the document as JSON, with its members in the order in
// which they were written: Swagger UI lists operations and fields in that
// order. It converts at each call; call it once, at start.
func OpenAPIJSON() ([]byte, error) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(openAPI), &doc); err != nil {
		return nil, fmt.Errorf("docs: openapi.yaml: %w", err)
	}
	var out bytes.Buffer
	if err := writeJSON(&out, &doc); err != nil {
		return nil, fmt.Errorf("docs: openapi.yaml: %w", err)
	}
	return out.Bytes(), nil
}

// writeJSON walks the nodes because a Go map, the usual way, forgets the order
// of its keys.
func writeJSON(out *bytes.Buffer, n *yaml.Node) error {
	switch n.Kind {
	case yaml.DocumentNode:
		return writeJSON(out, n.Content[0])
	case yaml.MappingNode:
		return writeObject(out, n.Content)
	case yaml.SequenceNode:
		return writeArray(out, n.Content)
	case yaml.ScalarNode:
		return writeScalar(out, n)
	default:
		return fmt.Errorf("line %d: the document uses no aliases", n.Line)
	}
}

// writeObject writes the nodes of a mapping: key, value, key, value. A key is
// a string in JSON, whatever YAML makes of it: 200 is a status, not a number.
func writeObject(out *bytes.Buffer, nodes []*yaml.Node) error {
	out.WriteByte('{')
	for i := 0; i < len(nodes); i += 2 {
		if i > 0 {
			out.WriteByte(',')
		}
		if err := marshal(out, nodes[i].Value); err != nil {
			return err
		}
		out.WriteByte(':')
		if err := writeJSON(out, nodes[i+1]); err != nil {
			return err
		}
	}
	out.WriteByte('}')
	return nil
}

func writeArray(out *bytes.Buffer, nodes []*yaml.Node) error {
	out.WriteByte('[')
	for i, n := range nodes {
		if i > 0 {
			out.WriteByte(',')
		}
		if err := writeJSON(out, n); err != nil {
			return err
		}
	}
	out.WriteByte(']')
	return nil
}

func writeScalar(out *bytes.Buffer, n *yaml.Node) error {
	var v any
	if err := n.Decode(&v); err != nil {
		return err
	}
	return marshal(out, v)
}

func marshal(out *bytes.Buffer, v any) error {
	b, err := json.Marshal(v)
	out.Write(b)
	return err
}
