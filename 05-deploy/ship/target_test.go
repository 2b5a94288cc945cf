package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseTarget(t *testing.T) {
	rows := []struct {
		text string
		want target
		url  string
	}{
		{"203.0.113.7", target{"ec2-user", "203.0.113.7", "22"}, "http://203.0.113.7"},
		{"admin@203.0.113.7", target{"admin", "203.0.113.7", "22"}, "http://203.0.113.7"},
		{"root@host.example.com:2222", target{"root", "host.example.com", "2222"}, "http://host.example.com"},
		{"2001:db8::7", target{"ec2-user", "2001:db8::7", "22"}, "http://[2001:db8::7]"},
		{"admin@[2001:db8::7]:2222", target{"admin", "2001:db8::7", "2222"}, "http://[2001:db8::7]"},
	}
	for _, row := range rows {
		t.Run(row.text, func(t *testing.T) {
			got, err := parseTarget(row.text)
			require.NoError(t, err)
			assert.Equal(t, row.want, got)
			assert.Equal(t, row.url, got.url())
		})
	}
	for _, text := range []string{"", "@host", "user@", "host:0", "host:x", "host:99999", "a b", "-oProxyCommand=x",
		"host/path", "http://host", "user@-x", "host\n"} {
		_, err := parseTarget(text)
		require.ErrorContains(t, err, "is not a host", "%q", text)
	}
}

func TestQuote(t *testing.T) {
	assert.Equal(t, `'it'\''s' '$HOME' ''`, quoteAll("it's", "$HOME", ""))
}

func TestArtifacts_version(t *testing.T) {
	a := artifacts{server: artifact{sum: "0123456789abcdef"}, revision: "fedcba98765432100000"}
	assert.Equal(t, "fedcba987654-01234567", a.version())
	a.modified = true
	assert.Equal(t, "fedcba987654-dirty-01234567", a.version())
}
