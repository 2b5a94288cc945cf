package exercise

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestComparesInConstantTime(t *testing.T) {
	for _, row := range []struct {
		name, body string
		want       bool
	}{
		{"hmac.Equal does", `return hmac.Equal(a, b)`, true},
		{"subtle.ConstantTimeCompare does", `return subtle.ConstantTimeCompare(a, b) == 1`, true},
		{"bytes.Equal does not", `return bytes.Equal(a, b)`, false},
		{"== does not", `return string(a) == string(b)`, false},
		{"a comment does not", `return bytes.Equal(a, b) // not hmac.Equal(a, b)`, false},
		{"another function of the package does not", `return subtle.ConstantTimeEq(a[0], b[0]) == 1`, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			got, err := comparesInConstantTime("package p\n\nfunc equal(a, b []byte) bool {\n" + row.body + "\n}\n")
			require.NoError(t, err)
			assert.Equal(t, row.want, got)
		})
	}
}

func TestImports(t *testing.T) {
	assert.Contains(t, Imports(t, "constanttime_test.go"), "github.com/stretchr/testify/assert")
	assert.NotContains(t, Imports(t, "constanttime_test.go"), "crypto/rand")
}
