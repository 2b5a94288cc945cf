package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What the check lets pass starts, and what it refuses would not have.
func TestCheckConfig_saysWhatAStartWould(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(file, []byte("no database, and long enough not to look like an empty one"), 0o600))
	rows := []struct {
		name, variable, value string
		want                  string // of the refusal; "": it would start
	}{
		{"a rate", "RATE_LIMIT", "10", ""},
		{"a rate that is a word", "RATE_LIMIT", "fast", "RATE_LIMIT must be a number above 0, from 0.1 to 1000000"},
		{"a rate above the highest", "RATE_LIMIT", "1000000000", "from 0.1 to 1000000, such as 30"},
		{"a rate that no check could wait for", "RATE_LIMIT", "0.01", "from 0.1 to 1000000, such as 30"},
		{"a database that is there", "DATABASE_URL", filepath.Join(dir, "there.db"), ""},
		{"a file that is no database", "DATABASE_URL", file, "DATABASE_URL: database " + file + ": not a SQLite database"},
		{"a PostgreSQL that nobody serves", "DATABASE_URL", "postgres://a:hunter2@127.0.0.1:1/b",
			"connection refused"},
		{"a folder of the audit log that is a file", "AUDIT_DIR", file, "AUDIT_DIR: cannot keep the audit log in " + file},
		{"a list of passwords that is not there", "PASSWORD_BLOCKLIST", filepath.Join(dir, "none"), "PASSWORD_BLOCKLIST: "},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			env := map[string]string{"ADDR": "127.0.0.1:0", "AUTH_SECRET": testkit.Secret,
				"DATABASE_URL": filepath.Join(dir, "there.db"), "AUDIT_DIR": filepath.Join(dir, "audit")}
			env[row.variable] = row.value
			var out bytes.Buffer
			err := run(t.Context(), []string{"check-config", row.variable}, testkit.Env(env), &out, io.Discard)
			if row.want == "" {
				require.NoError(t, err)
				assert.Equal(t, "the configuration is in order\n", out.String())
				_, _, stop := startProgram(t, run, env)
				stop()
				return
			}
			require.ErrorContains(t, err, row.want)
			assert.NotContains(t, err.Error(), "\n", "one line")
			assert.NotContains(t, err.Error(), "hunter2")
			assert.LessOrEqual(t, strings.Count(err.Error(), "connection refused"), 1, "an address is named once")
			started := run(t.Context(), nil, testkit.Env(env), io.Discard, io.Discard)
			assert.EqualError(t, started, err.Error(), "the start says the same")
		})
	}
}

// What works and is most likely not meant is said, by the check and at each start.
func TestCheckConfig_warns(t *testing.T) {
	dir := t.TempDir()
	env := map[string]string{"ADDR": "127.0.0.1:0", "DATABASE_URL": filepath.Join(dir, "authbook.db")}
	const everybody = "WARNING: TRUSTED_PROXIES trusts every address"
	const idle = "WARNING: CERT_DIR does nothing without DOMAIN\n"
	check := func() string {
		var out bytes.Buffer
		require.NoError(t, run(t.Context(), []string{"check-config"}, testkit.Env(env), &out, io.Discard))
		return out.String()
	}
	assert.NotContains(t, check(), "WARNING")
	env["TRUSTED_PROXIES"], env["CERT_DIR"] = "10.0.0.0/8,::/0", filepath.Join(dir, "certificates")
	assert.Contains(t, check(), everybody)
	assert.Contains(t, check(), idle)
	_, printed, stop := startProgram(t, run, env)
	stop()
	assert.Contains(t, printed.String(), everybody)
	assert.Contains(t, printed.String(), idle)
}
