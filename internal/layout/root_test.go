package layout

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Each decision is in the list, under its own title.
func TestDecisions_areListed(t *testing.T) {
	list, err := os.ReadFile(filepath.Join(root, "docs/decisions/README.md"))
	require.NoError(t, err)
	files, err := filepath.Glob(filepath.Join(root, "docs/decisions/0*.md"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		title, _, _ := strings.Cut(strings.TrimPrefix(string(text), "# "), "\n")
		number, words, _ := strings.Cut(title, ". ")
		assert.Contains(t, string(list), "| ["+number+"]("+filepath.Base(file)+") | "+words+" |")
	}
}

func TestRoot_holdsTheNineNamesAndNoOthers(t *testing.T) {
	wanted := []string{
		"01-middleware", "02-jwt-basics", "03-token-scenarios", "04-signup-login", "05-deploy",
		"final", "docs", "go.mod", "go.sum",
	}
	for _, name := range wanted {
		_, err := os.Stat(filepath.Join(root, name))
		assert.NoError(t, err, name)
	}
	// The tools that help with code look for AGENTS.md there and nowhere else.
	known := append(wanted, "README.md", "README.ko.md", "AGENTS.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE",
		"internal", "data")
	entries, err := os.ReadDir(root)
	require.NoError(t, err)
	for _, entry := range entries {
		if strings.HasPrefix(entry.Name(), ".") {
			continue
		}
		assert.Contains(t, known, entry.Name(), "nothing else stands at the root")
	}
}
