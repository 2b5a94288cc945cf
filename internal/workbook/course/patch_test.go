package course

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTree_Patched(t *testing.T) {
	before := Tree{"a.go": "package p\n\nvar a = 1\n", "b.go": "package p\n"}
	after, err := before.Patched("--- a.go\n@@\n-var a = 1\n+var a = 2\n--- b.go\n@@\n package p\n+\n+var b = 3\n")
	require.NoError(t, err)
	assert.Equal(t, Tree{"a.go": "package p\n\nvar a = 2\n", "b.go": "package p\n\nvar b = 3\n"}, after)
	assert.Equal(t, "package p\n", before["b.go"], "the tree before stays")

	for _, row := range []struct{ name, text, want string }{
		{"no file", "@@\n-x\n", "names no file"},
		{"no edit", "--- a.go\n", "a.go: it has no edit"},
		{"lines that are not there", "--- a.go\n@@\n-var b = 1\n", "a.go: edit 1: a.go has no such lines"},
		{"a file that is not there", "--- c.go\n@@\n-package p\n", "c.go: edit 1"},
	} {
		t.Run(row.name, func(t *testing.T) {
			_, err := before.Patched(row.text)
			assert.ErrorContains(t, err, row.want)
		})
	}
}
