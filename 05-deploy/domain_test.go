package deploy

import (
	"strings"
	"testing"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCheckDomain(t *testing.T) {
	type row struct {
		name string
		text string
		want string // part of the error; "" for none
	}
	label := strings.Repeat("a", 63)
	rows := []row{
		{"a name with a subdomain", "auth.example.com", ""},
		{"a name with digits and dashes", "a-1.2b.example.com", ""},
		{"a name that is written in Punycode", "xn--bcher-kva.example", ""},
		{"a URL", "https://auth.example.com", "is a URL"},
		{"an IPv4 address", "192.0.2.7", "is an address"},
		{"an IPv6 address", "2001:db8::7", "is an address"},
		{"nothing", "", "is not a domain"},
		{"a single name", "localhost", "is not a domain"},
		{"a port", "auth.example.com:443", "is not a domain"},
		{"a path", "auth.example.com/login", "is not a domain"},
		{"a trailing dot", "auth.example.com.", "is not a domain"},
		{"an empty label", "auth..example.com", "is not a domain"},
		{"a label that starts with a dash", "-auth.example.com", "is not a domain"},
		{"a label that ends with a dash", "auth-.example.com", "is not a domain"},
		{"a label of 64 bytes", "a" + label + ".com", "is not a domain"},
		{"upper case", "Auth.example.com", "lower-case"},
		{"a wildcard", "*.example.com", "is not a domain"},
		{"letters outside ASCII", "bücher.example", "is not a domain"},
		{"a line break", "auth.example.com\n", "is not a domain"},
		{"a space", "auth.example.com ", "is not a domain"},
		{"a last label that is a number", "1.2.3", "is not a domain"},
		{"exactly 253 bytes", strings.Repeat(label+".", 3) + label[:57] + ".com", ""},
		{"more than 253 bytes", strings.Repeat(label+".", 3) + label[:58] + ".com", "at most 253"},
	}
	exercise.Rows(t, "5.1", rows, func(t *testing.T, row row) {
		err := CheckDomain(row.text)
		if row.want == "" {
			require.NoError(t, err, "a certificate can be made for %s", row.text)
			return
		}
		require.ErrorContains(t, err, row.want,
			"no certificate can be made for %q: the start must say so, not the first client", row.text)
		assert.NotContains(t, err.Error(), "\n", "an operator reads one line")
	})
}
