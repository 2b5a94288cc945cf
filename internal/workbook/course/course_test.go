package course

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOpen(t *testing.T) {
	base := t.TempDir()
	for _, path := range []string{
		"my [new] course/go.mod", "my [new] course/02-b/doc.go", "my [new] course/01-a/doc.go",
		"my [new] course/final/main.go", "my [new] course/03-c.txt", "module/go.mod", "empty/x.txt",
	} {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(base, path)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(base, path), nil, 0o600))
	}
	for _, dir := range []string{"my [new] course", "my [new] course/final"} {
		c, err := Open(filepath.Join(base, dir))
		require.NoError(t, err, dir)
		assert.Equal(t, filepath.Join(base, "my [new] course"), c.Root)
		assert.Equal(t, []string{"01-a", "02-b"}, c.Names, "chapters are folders, in their order")
	}
	_, err := Open(filepath.Join(base, "module"))
	assert.ErrorContains(t, err, "no chapter is here: "+filepath.Join(base, "module")+
		" has no folder such as 01-middleware")
	_, err = Open(filepath.Join(base, "empty"))
	assert.ErrorContains(t, err, "this is not a workbook: no go.mod here or above")
}
