package main

import (
	"bytes"
	"context"
	"io"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	middleware "example.com/authbook/01-middleware"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// environment is os.Getenv for a test.
func environment(pairs map[string]string) func(string) string {
	return func(name string) string { return pairs[name] }
}

const goodSecret = "kV3zP8wq0mJx5tYb2nHs7dLf4gRc1uEa"

func TestReadConfig_refusesWithTheVariableAndTheFix(t *testing.T) {
	rows := []struct {
		name  string
		env   map[string]string
		want  string
		leaks string // must not be in the message
	}{
		{"a short secret", map[string]string{"AUTH_SECRET": "hunter2"},
			"AUTH_SECRET is too short: 7 bytes, and at least 32 are needed; make one with: openssl rand -base64 48", "hunter2"},
		{"a secret from a tutorial", map[string]string{"AUTH_SECRET": "a-string-secret-at-least-256-bits-long"},
			"AUTH_SECRET is an example", "256-bits"},
		{"a secret to be changed", map[string]string{"AUTH_SECRET": "ChangeMe-ChangeMe-ChangeMe-ChangeMe-1"},
			"AUTH_SECRET is an example", "ChangeMe"},
		{"one letter over and over", map[string]string{"AUTH_SECRET": strings.Repeat("x", 40)},
			"AUTH_SECRET is an example or a pattern", "xx"},
		{"a short word over and over", map[string]string{"AUTH_SECRET": strings.Repeat("hunter2", 6)},
			"AUTH_SECRET is an example or a pattern", "hunter2"},
		{"a short previous secret", map[string]string{"AUTH_SECRET": goodSecret, "AUTH_SECRET_PREVIOUS": "hunter2"},
			"AUTH_SECRET_PREVIOUS is too short: 7 bytes", "hunter2"},
		{"the same secret twice", map[string]string{"AUTH_SECRET": goodSecret, "AUTH_SECRET_PREVIOUS": goodSecret},
			"AUTH_SECRET_PREVIOUS is the same as AUTH_SECRET", goodSecret},
		{"PostgreSQL without a secret", map[string]string{"DATABASE_URL": "postgres://db/authbook"},
			"AUTH_SECRET is required with PostgreSQL", "postgres://db"},
		{"a domain without a secret", map[string]string{"DOMAIN": "auth.example.com"},
			"AUTH_SECRET is required with DOMAIN", ""},
		{"a domain that is a URL", map[string]string{"DOMAIN": "https://auth.example.com", "AUTH_SECRET": goodSecret},
			`DOMAIN: "https://auth.example.com" is a URL`, goodSecret},
		{"a domain and another public URL", map[string]string{
			"DOMAIN": "auth.example.com", "AUTH_SECRET": goodSecret, "PUBLIC_URL": "https://www.example.com"},
			"PUBLIC_URL must be https://auth.example.com with this DOMAIN", goodSecret},
		{"an authority over plain HTTP", map[string]string{
			"DOMAIN": "auth.example.com", "AUTH_SECRET": goodSecret, "ACME_DIRECTORY": "http://ca.example.com/dir"},
			"ACME_DIRECTORY must be an https URL", goodSecret},
		{"an HTTPS address without a port", map[string]string{
			"DOMAIN": "auth.example.com", "AUTH_SECRET": goodSecret, "HTTPS_ADDR": "localhost"},
			`HTTPS_ADDR: "localhost" is not host:port; use for example :443`, goodSecret},
		{"an address without a port", map[string]string{"ADDR": "localhost"},
			`ADDR: "localhost" is not host:port; use for example :8080`, ""},
		{"a port that is none", map[string]string{"ADDR": ":http8080"},
			`ADDR: ":http8080" has no port between 0 and 65535`, ""},
		{"an address for the metrics without a port", map[string]string{"ADMIN_ADDR": "localhost"},
			`ADMIN_ADDR: "localhost" is not host:port; use for example 127.0.0.1:9090, or off`, ""},
		{"a public URL without a scheme", map[string]string{"PUBLIC_URL": "auth.example.com"},
			"PUBLIC_URL must be scheme and host alone", ""},
		{"a public URL with a path", map[string]string{"PUBLIC_URL": "https://auth.example.com/app"},
			"PUBLIC_URL must be scheme and host alone", ""},
		{"a public URL with a password", map[string]string{"PUBLIC_URL": "https://user:hunter2@auth.example.com"},
			"PUBLIC_URL must be scheme and host alone", "hunter2"},
		{"a public URL with a port that is none", map[string]string{"PUBLIC_URL": "https://auth.example.com:99999"},
			"PUBLIC_URL must be scheme and host alone", ""},
		{"a proxy that is a name", map[string]string{"TRUSTED_PROXIES": "10.0.0.0/8, proxy"},
			`TRUSTED_PROXIES: "proxy" is neither an address nor a prefix`, ""},
		{"a rate of zero", map[string]string{"RATE_LIMIT": "0"}, "RATE_LIMIT must be a number above 0", ""},
		{"a rate that is no number", map[string]string{"RATE_LIMIT": "NaN"}, "RATE_LIMIT must be a number above 0", ""},
		{"a switch that is neither", map[string]string{"SWAGGER": "yes"}, "SWAGGER must be on or off", ""},
		{"a log format that is neither", map[string]string{"LOG_FORMAT": "xml"}, "LOG_FORMAT must be text or json", ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			_, err := readConfig(environment(row.env))
			require.Error(t, err)
			assert.Contains(t, err.Error(), row.want)
			assert.NotContains(t, err.Error(), "\n", "one line")
			if row.leaks != "" {
				assert.NotContains(t, err.Error(), row.leaks, "the message must not repeat the value")
			}
		})
	}
}

func TestReadConfig_takesWhatIsSet(t *testing.T) {
	c, err := readConfig(environment(map[string]string{
		"ADDR": "127.0.0.1:0", "DATABASE_URL": "postgres://db/authbook", "AUTH_SECRET": goodSecret,
		"PUBLIC_URL": "https://auth.example.com/", "TRUSTED_PROXIES": "10.0.0.0/8, 192.0.2.7,2001:db8::/32",
		"SWAGGER": "off", "LOG_FORMAT": "json", "RATE_LIMIT": "0.5", "ADMIN_ADDR": "off",
	}))
	require.NoError(t, err)
	assert.Equal(t, "https://auth.example.com", c.publicURL)
	assert.True(t, c.secure())
	assert.Len(t, c.trustedProxies, 3)
	assert.InDelta(t, 0.5, c.ratePerSecond, 0)
	assert.False(t, c.swagger)
	assert.True(t, c.jsonLog)
	assert.Equal(t, []string{"DOMAIN", "HTTPS_ADDR", "CERT_DIR", "ACME_DIRECTORY", "AUTH_SECRET_PREVIOUS", "PASSWORD_BLOCKLIST"}, c.unset)
}

// A browser's Origin is compared with it, byte for byte.
func TestReadConfig_writesThePublicURLAsBrowsersDo(t *testing.T) {
	for text, want := range map[string]string{
		"HTTPS://Auth.Example.com":      "https://auth.example.com",
		"https://auth.example.com:443":  "https://auth.example.com",
		"https://auth.example.com:":     "https://auth.example.com",
		"https://auth.example.com:8443": "https://auth.example.com:8443",
		"http://auth.example.com:80/":   "http://auth.example.com",
		"http://auth.example.com:443":   "http://auth.example.com:443",
		"https://[2001:DB8::443]":       "https://[2001:db8::443]",
	} {
		c, err := readConfig(environment(map[string]string{"PUBLIC_URL": text}))
		require.NoError(t, err, text)
		assert.Equal(t, want, c.publicURL, text)
	}
}

// A proxy that is trusted in any spelling speaks for its client.
func TestReadConfig_takesEverySpellingOfAProxy(t *testing.T) {
	for _, text := range []string{"10.0.0.1", "10.0.0.0/8", "::ffff:10.0.0.1", "::ffff:10.0.0.0/104", "::ffff:a00:1/128"} {
		c, err := readConfig(environment(map[string]string{"TRUSTED_PROXIES": text}))
		require.NoError(t, err, text)
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = "10.0.0.1:5000"
		r.Header.Set("X-Forwarded-For", "198.51.100.1")
		assert.Equal(t, "198.51.100.1", middleware.ClientAddress(c.trustedProxies)(r), text)
	}
}

func TestReadConfig_takesTheDomainForEverything(t *testing.T) {
	env := map[string]string{"DOMAIN": "auth.example.com", "AUTH_SECRET": goodSecret}
	c, err := readConfig(environment(env))
	require.NoError(t, err)
	assert.Equal(t, "https://auth.example.com", c.publicURL)
	assert.True(t, c.secure())
	assert.Equal(t, ":80", c.addr)
	assert.Equal(t, ":443", c.httpsAddr)
	assert.Equal(t, "https://acme-v02.api.letsencrypt.org/directory", c.acmeDirectory)

	env["PUBLIC_URL"], env["ADDR"] = "https://auth.example.com/", "127.0.0.1:8080"
	c, err = readConfig(environment(env))
	require.NoError(t, err, "what says the same is no contradiction")
	assert.Equal(t, "127.0.0.1:8080", c.addr)
}

func TestReadConfig_needsNothing(t *testing.T) {
	c, err := readConfig(environment(nil))
	require.NoError(t, err)
	assert.Equal(t, ":8080", c.addr)
	assert.Equal(t, "./data/authbook.db", c.databaseURL)
	assert.Nil(t, c.secret, "a missing secret is generated later")
	assert.False(t, c.secure())
	assert.True(t, c.swagger)
}

// README.md explains what --help lists: neither may know a variable that the
// other does not.
func TestHelp_andREADMEListTheSameVariables(t *testing.T) {
	var help bytes.Buffer
	require.NoError(t, run(context.Background(), []string{"--help"}, environment(nil), &help, io.Discard))
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	for _, v := range variables {
		assert.Contains(t, help.String(), v.name)
		assert.Contains(t, string(readme), "| `"+v.name+"` |")
	}
	assert.Equal(t, len(variables), strings.Count(string(readme), "\n| `"), "README.md lists a variable that the server does not read")
}
