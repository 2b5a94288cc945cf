package csp_test

import (
	"testing"

	"example.com/authbook/final/internal/csp"
	"github.com/stretchr/testify/assert"
)

// The example of CSP Level 3, section 2.3.1.
func TestHash(t *testing.T) {
	assert.Equal(t, "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='", csp.Hash([]byte("alert('Hello, world.');")))
}
