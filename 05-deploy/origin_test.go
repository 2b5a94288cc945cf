package deploy

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCheckOrigin_writesItAsBrowsersDo(t *testing.T) {
	rows := []struct{ name, text, want string }{
		{"as it is", "https://auth.example.com", "https://auth.example.com"},
		{"capitals", "HTTPS://Auth.Example.com", "https://auth.example.com"},
		{"one slash", "https://auth.example.com/", "https://auth.example.com"},
		{"a port of its own", "https://auth.example.com:8443", "https://auth.example.com:8443"},
		{"the port of https", "https://EXAMPLE.com:443", "https://example.com"},
		{"the port of http", "http://auth.example.com:80/", "http://auth.example.com"},
		{"the port of the other scheme", "http://auth.example.com:443", "http://auth.example.com:443"},
		{"a port with zeros in front", "https://auth.example.com:08443", "https://auth.example.com:8443"},
		{"a colon and no port", "https://auth.example.com:", "https://auth.example.com"},
		{"an IPv4 address", "http://192.0.2.7:8080", "http://192.0.2.7:8080"},
		{"an IPv6 address", "https://[2001:DB8::443]", "https://[2001:db8::443]"},
		{"an IPv6 address with a port", "https://[2001:db8::443]:8443/", "https://[2001:db8::443]:8443"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			origin, err := CheckOrigin(row.text)
			require.NoError(t, err)
			assert.Equal(t, row.want, origin)
			again, err := CheckOrigin(origin)
			require.NoError(t, err)
			assert.Equal(t, origin, again, "an origin is its own origin")
		})
	}
}

func TestCheckOrigin_refusesMoreAndLess(t *testing.T) {
	rows := []struct{ name, text string }{
		{"nothing", ""},
		{"no scheme", "auth.example.com"},
		{"another scheme", "ftp://auth.example.com"},
		{"no host", "https://"},
		{"a port and no host", "https://:8443"},
		{"a port above 65535", "https://auth.example.com:99999"},
		{"port 0", "https://auth.example.com:0"},
		{"a path", "https://auth.example.com/app"},
		{"two slashes", "https://auth.example.com//"},
		{"a query", "https://auth.example.com?q"},
		{"the mark of a query", "https://auth.example.com?"},
		{"a fragment", "https://auth.example.com#top"},
		{"a password", "https://user:hunter2@auth.example.com"},
		{"a network interface", "http://[fe80::1%25eth0]"},
		{"letters that browsers write otherwise", "https://bücher.example"},
		{"a line break", "https://auth.example.com\n"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			origin, err := CheckOrigin(row.text)
			require.ErrorContains(t, err, "use scheme and host alone, such as https://auth.example.com")
			assert.NotContains(t, err.Error(), "hunter2", "the text may hold a password")
			assert.Empty(t, origin)
		})
	}
}
