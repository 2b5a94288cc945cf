package mark_test

import (
	"os"
	"path/filepath"
	"testing"

	"example.com/authbook/internal/mark"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRoot(t *testing.T) {
	base := t.TempDir()
	for _, path := range []string{
		"course/go.mod", "course/01-middleware/doc.go", "course/final/internal/serve/serve.go",
		"course/tools/go.mod", "course/tools/main.go", // a module of its own inside the course
		"my [new] course/go.mod", "my [new] course/01-middleware/doc.go",
		"elsewhere/go.mod", "elsewhere/01-middleware/notes.md", "chapters/01-middleware/doc.go",
	} {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(base, path)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(base, path), nil, 0o600))
	}
	rows := []struct{ name, dir, want string }{
		{"the root itself", "course", "course"},
		{"a folder in it", "course/final/internal/serve", "course"},
		{"a folder with brackets in its name", "my [new] course/01-middleware", "my [new] course"},
		{"a module in it that is no course", "course/tools", "course"},
		{"a module that is no course", "elsewhere", ""},
		{"chapters without a module", "chapters/01-middleware", ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			root, ok := mark.Root(filepath.Join(base, row.dir))
			assert.Equal(t, row.want != "", ok)
			if row.want != "" {
				assert.Equal(t, filepath.Join(base, row.want), root)
			}
		})
	}

	t.Chdir(filepath.Join(base, "course", "final"))
	root, ok := mark.Root(".")
	require.True(t, ok)
	assert.FileExists(t, filepath.Join(root, "01-middleware", "doc.go"))
}
