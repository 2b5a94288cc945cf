package vcs

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestShell(t *testing.T) {
	args := []string{"$", "git", "commit", "-m", "two words", "--", "path"}
	assert.Equal(t, "$ git commit -m 'two words' -- path", Shell(args, 80))
	assert.Equal(t, "$ git commit -m \\\n    'two words' -- path", Shell(args, 28), "a copied line must still work")
}
