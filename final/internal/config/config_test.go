package config

import (
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	middleware "example.com/authbook/01-middleware"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

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
		{"a short previous secret", map[string]string{"AUTH_SECRET": testkit.Secret, "AUTH_SECRET_PREVIOUS": "hunter2"},
			"AUTH_SECRET_PREVIOUS is too short: 7 bytes", "hunter2"},
		{"the same secret twice", map[string]string{"AUTH_SECRET": testkit.Secret, "AUTH_SECRET_PREVIOUS": testkit.Secret},
			"AUTH_SECRET_PREVIOUS is the same as AUTH_SECRET", testkit.Secret},
		{"PostgreSQL without a secret", map[string]string{"DATABASE_URL": "postgres://db/authbook"},
			"AUTH_SECRET is required with PostgreSQL", "postgres://db"},
		{"a domain without a secret", map[string]string{"DOMAIN": "auth.example.com"},
			"AUTH_SECRET is required with DOMAIN", ""},
		{"a domain that is a URL", map[string]string{"DOMAIN": "https://auth.example.com", "AUTH_SECRET": testkit.Secret},
			`DOMAIN: "https://auth.example.com" is a URL`, testkit.Secret},
		{"a domain and another public URL", map[string]string{
			"DOMAIN": "auth.example.com", "AUTH_SECRET": testkit.Secret, "PUBLIC_URL": "https://www.example.com"},
			"PUBLIC_URL must be https://auth.example.com with this DOMAIN", testkit.Secret},
		{"an authority over plain HTTP", map[string]string{
			"DOMAIN": "auth.example.com", "AUTH_SECRET": testkit.Secret, "ACME_DIRECTORY": "http://ca.example.com/dir"},
			"ACME_DIRECTORY must be an https URL", testkit.Secret},
		{"an HTTPS address without a port", map[string]string{
			"DOMAIN": "auth.example.com", "AUTH_SECRET": testkit.Secret, "HTTPS_ADDR": "localhost"},
			`HTTPS_ADDR: "localhost" is not host:port; use for example :443`, testkit.Secret},
		{"an address without a port", map[string]string{"ADDR": "localhost"},
			`ADDR: "localhost" is not host:port; use for example :8080`, ""},
		{"a port that is none", map[string]string{"ADDR": ":http8080"},
			`ADDR: ":http8080" has no port between 0 and 65535`, ""},
		{"an address for the metrics without a port", map[string]string{"ADMIN_ADDR": "localhost"},
			`ADMIN_ADDR: "localhost" is not host:port; use for example 127.0.0.1:9090, or off`, ""},
		{"a name for the operator that is a URL", map[string]string{"ADMIN_HOSTS": "authbook, http://authbook"},
			`ADMIN_HOSTS: "http://authbook" is not the name of a host`, ""},
		{"a name for the operator with a port", map[string]string{"ADMIN_HOSTS": "authbook:9090"},
			`ADMIN_HOSTS: "authbook:9090" is not the name of a host`, ""},
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
		{"a lab that is neither", map[string]string{"LAB": "yes"}, "LAB must be on or off", ""},
		{"a lab on every address", map[string]string{"LAB": "on"}, "LAB=on is for a server of this machine alone: unset LAB, or set ADDR=127.0.0.1:8080", ""},
		{"a lab on an address of others", map[string]string{"LAB": "on", "ADDR": "192.0.2.7:8080"}, "LAB=on is for a server of this machine alone", ""},
		{"a lab on a name", map[string]string{"LAB": "on", "ADDR": "localhost.example:8080"}, "LAB=on is for a server of this machine alone", ""},
		{"a lab where the lab would not answer", map[string]string{"LAB": "on", "ADDR": "127.0.0.2:8080"}, "LAB=on is for a server of this machine alone", ""},
		{"a lab on a mapped address", map[string]string{"LAB": "on", "ADDR": "[::ffff:127.0.0.1]:8080"}, "LAB=on is for a server of this machine alone", ""},
		{"a lab behind a proxy that is trusted", map[string]string{"LAB": "on", "ADDR": "127.0.0.1:8080", "TRUSTED_PROXIES": "127.0.0.1"}, "LAB=on is for a server of this machine alone: unset LAB, or unset TRUSTED_PROXIES", ""},
		{"a lab with a domain", map[string]string{"LAB": "on", "ADDR": "127.0.0.1:8080", "DOMAIN": "auth.example.com", "AUTH_SECRET": testkit.Secret}, "LAB=on is for a server of this machine alone: unset LAB, or unset DOMAIN", ""},
		{"a lab behind a proxy with https", map[string]string{"LAB": "on", "ADDR": "127.0.0.1:8080", "PUBLIC_URL": "https://a.example"}, "LAB=on is for a server of this machine alone: unset LAB, or unset PUBLIC_URL", ""},
		{"a lab behind a proxy without", map[string]string{"LAB": "on", "ADDR": "127.0.0.1:8080", "PUBLIC_URL": "http://192.0.2.7"}, "LAB=on is for a server of this machine alone: unset LAB, or unset PUBLIC_URL", ""},
		{"a log format that is neither", map[string]string{"LOG_FORMAT": "xml"}, "LOG_FORMAT must be text or json", ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			_, err := Read(testkit.Env(row.env))
			require.Error(t, err)
			assert.Contains(t, err.Error(), row.want)
			assert.NotContains(t, err.Error(), "\n", "one line")
			if row.leaks != "" {
				assert.NotContains(t, err.Error(), row.leaks, "the message must not repeat the value")
			}
		})
	}
}

// Shells take quotes away, and files of an environment often don't. A blank at
// an end is seen by nobody.
func TestRead_refusesQuotesAndBlanksAroundAnyValue(t *testing.T) {
	for _, v := range Variables {
		for _, value := range []string{`"hunter2"`, "'hunter2'", "hunter2 ", "\thunter2", "hunter2\n", "`hunter2", "\u00a0hunter2", " "} {
			_, err := Read(testkit.Env(map[string]string{v.Name: value}))
			require.Error(t, err, "%s=%q", v.Name, value)
			assert.Contains(t, err.Error(), v.Name+" begins or ends with a blank or a quote; write it without")
			assert.NotContains(t, err.Error(), "hunter2", "it may be a secret")
		}
	}
}

func TestReadConfig_takesWhatIsSet(t *testing.T) {
	c, err := Read(testkit.Env(map[string]string{
		"ADDR": "127.0.0.1:0", "DATABASE_URL": "postgres://db/authbook", "AUTH_SECRET": testkit.Secret,
		"PUBLIC_URL": "https://auth.example.com/", "TRUSTED_PROXIES": "10.0.0.0/8, 192.0.2.7,2001:db8::/32",
		"SWAGGER": "off", "LOG_FORMAT": "json", "RATE_LIMIT": "0.5", "ADMIN_ADDR": "off",
		"ADMIN_HOSTS": "Authbook, authbook.internal",
	}))
	require.NoError(t, err)
	assert.Equal(t, Origin("https://auth.example.com"), c.PublicURL)
	assert.True(t, c.PublicURL.Secure())
	assert.Len(t, c.TrustedProxies, 3)
	assert.Equal(t, []string{"authbook", "authbook.internal"}, c.AdminHosts)
	assert.InDelta(t, 0.5, c.RatePerSecond, 0)
	assert.False(t, c.Swagger)
	assert.True(t, c.JSONLog)
	assert.Equal(t, []string{"DOMAIN", "HTTPS_ADDR", "CERT_DIR", "ACME_DIRECTORY", "AUTH_SECRET_PREVIOUS",
		"LAB", "LAB_EXERCISES", "MAINTENANCE", "PASSWORD_BLOCKLIST", "BACKUP_COMMAND", "BACKUP_EVERY",
		"AUDIT_DIR", "AUDIT_DAYS"}, c.Unset)
}

func TestRead_backupEvery(t *testing.T) {
	rows := []struct {
		set  string
		want time.Duration // 0: refused
	}{{"", time.Minute}, {"1m", time.Minute}, {"24h", 24 * time.Hour}, {"off", 24 * time.Hour},
		{"59s", 0}, {"24h1s", 0}, {"5", 0}, {"often", 0}, {"-1m", 0}}
	for _, row := range rows {
		t.Run(row.set, func(t *testing.T) {
			c, err := Read(testkit.Env(map[string]string{"BACKUP_EVERY": row.set}))
			if row.want == 0 {
				require.EqualError(t, err, "BACKUP_EVERY must be a time from 1m to 24h, such as 15m, or off")
				return
			}
			require.NoError(t, err)
			assert.Equal(t, row.want, c.BackupEvery)
		})
	}
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
		c, err := Read(testkit.Env(map[string]string{"PUBLIC_URL": text}))
		require.NoError(t, err, text)
		assert.Equal(t, Origin(want), c.PublicURL, text)
	}
}

// A proxy that is trusted in any spelling speaks for its client.
func TestReadConfig_takesEverySpellingOfAProxy(t *testing.T) {
	for _, text := range []string{"10.0.0.1", "10.0.0.0/8", "::ffff:10.0.0.1", "::ffff:10.0.0.0/104", "::ffff:a00:1/128"} {
		c, err := Read(testkit.Env(map[string]string{"TRUSTED_PROXIES": text}))
		require.NoError(t, err, text)
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = "10.0.0.1:5000"
		r.Header.Set("X-Forwarded-For", "198.51.100.1")
		assert.Equal(t, "198.51.100.1", middleware.ClientAddress(c.TrustedProxies)(r), text)
	}
}

func TestReadConfig_takesTheDomainForEverything(t *testing.T) {
	env := map[string]string{"DOMAIN": "auth.example.com", "AUTH_SECRET": testkit.Secret}
	c, err := Read(testkit.Env(env))
	require.NoError(t, err)
	assert.Equal(t, Origin("https://auth.example.com"), c.PublicURL)
	assert.True(t, c.PublicURL.Secure())
	assert.Equal(t, ":80", c.Addr)
	assert.Equal(t, ":443", c.HTTPSAddr)
	assert.Equal(t, "https://acme-v02.api.letsencrypt.org/directory", c.ACMEDirectory)

	env["PUBLIC_URL"], env["ADDR"] = "https://auth.example.com/", "127.0.0.1:8080"
	c, err = Read(testkit.Env(env))
	require.NoError(t, err, "what says the same is no contradiction")
	assert.Equal(t, "127.0.0.1:8080", c.Addr)
}

func TestReadConfig_needsNothing(t *testing.T) {
	c, err := Read(testkit.Env(nil))
	require.NoError(t, err)
	assert.Equal(t, ":8080", c.Addr)
	assert.Equal(t, "./data/authbook.db", c.DatabaseURL)
	assert.Nil(t, c.Secret, "a missing secret is generated later")
	assert.False(t, c.PublicURL.Secure())
	assert.True(t, c.Swagger)
}
