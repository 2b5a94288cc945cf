package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.com/authbook/internal/workbook/fixture"
)

// The page of this tree is made from its data.
func TestGlossary_isWritten(t *testing.T) {
	tool, _ := fixture.OpenReal(t, "")
	want, err := glossaryOf(tool.Course.Root)
	require.NoError(t, err)
	page, err := os.ReadFile(filepath.Join(tool.Course.Root, glossaryPage))
	require.NoError(t, err)
	assert.Equal(t, want, string(page), "go tool coursecheck notes --write")
}

func TestGlossary_namesALineThatIsNone(t *testing.T) {
	root := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(root, "docs"), 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(root, glossaryData), []byte("a\tb\tc\td\te\nx\ty\n"), 0o600))
	_, err := glossaryOf(root)
	assert.EqualError(t, err, "docs/glossary.tsv:2: 2 cells, not five")
}
