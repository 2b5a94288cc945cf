package docs

import (
	"os"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What operations.md promises is held by tests that are there.
func TestOperations_namesTestsThatExist(t *testing.T) {
	text, err := os.ReadFile("operations.md")
	require.NoError(t, err)
	named := regexp.MustCompile("`(final[a-z/]*) (Test\\w+)`").FindAllStringSubmatch(string(text), -1)
	require.NotEmpty(t, named)
	for _, test := range named {
		assert.NoError(t, exists(testSources(t, test[1]), test[1], test[2]))
	}
}
