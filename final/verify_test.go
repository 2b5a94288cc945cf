package main

import (
	"os"
	"path/filepath"
	"testing"

	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/final/internal/config"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A ship goes back where the checks fail, so what an operator may set must not
// fail them. Each row is one variable, set to something else than its default.
func TestVerify_passesWithEverySetting(t *testing.T) {
	blocklist := filepath.Join(t.TempDir(), "blocklist")
	require.NoError(t, os.WriteFile(blocklist, []byte("correct horse\n"), 0o600))
	const shownElsewhere = "" // the settings of HTTPS on a booted machine, see 05-deploy/standin
	rows := map[string]string{
		"ADDR":                 "127.0.0.1:0",
		"DOMAIN":               shownElsewhere,
		"HTTPS_ADDR":           shownElsewhere,
		"CERT_DIR":             shownElsewhere,
		"ACME_DIRECTORY":       shownElsewhere,
		"DATABASE_URL":         filepath.Join(t.TempDir(), "elsewhere.db"),
		"AUTH_SECRET":          testkit.Secret,
		"AUTH_SECRET_PREVIOUS": testkit.Secret,
		"PUBLIC_URL":           shownElsewhere, // by the server of all other tests
		"ADMIN_ADDR":           "off",
		"ADMIN_HOSTS":          "authbook.internal",
		"TRUSTED_PROXIES":      "127.0.0.1",
		"RATE_LIMIT":           "0.7", // seven at once, and the checks send eight
		"SWAGGER":              "off",
		"LAB":                  "on",
		"LAB_EXERCISES":        shownElsewhere, // in TestLab
		"MAINTENANCE":          shownElsewhere, // in TestMaintenance
		"PASSWORD_BLOCKLIST":   blocklist,
		"LOG_FORMAT":           "json",
		"AUDIT_DIR":            t.TempDir(),
		"AUDIT_DAYS":           "7",
		"BACKUP_COMMAND":       "cat >/dev/null",
		"BACKUP_EVERY":         "off",
	}
	for _, v := range config.Variables {
		value, ok := rows[v.Name]
		assert.True(t, ok, "a row is missing: %s", v.Name)
		if value == shownElsewhere {
			continue
		}
		t.Run(v.Name, func(t *testing.T) {
			t.Parallel()
			env := map[string]string{"ADDR": "127.0.0.1:0", "DATABASE_URL": filepath.Join(t.TempDir(), "authbook.db")}
			env[v.Name] = value
			url, _, stop := start(t, env)
			defer stop()
			assert.NoError(t, deploy.Verify(t.Context(), url).Err())
		})
	}
}
