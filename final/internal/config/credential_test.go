package config

import (
	"os"
	"path/filepath"
	"testing"

	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestReadConfig_takesTheCredential(t *testing.T) {
	dir := t.TempDir()
	env := map[string]string{"CREDENTIALS_DIRECTORY": dir, "DATABASE_URL": "postgres://db/authbook"}
	_, err := Read(testkit.Env(env))
	require.ErrorContains(t, err, "AUTH_SECRET is required", "a folder without the credential is none")

	path := filepath.Join(dir, "auth_secret")
	require.NoError(t, os.WriteFile(path, []byte(testkit.Secret+"\n"), 0o600))
	c, err := Read(testkit.Env(env))
	require.NoError(t, err)
	assert.Equal(t, testkit.Secret, string(c.Secret), "a line break at the end is not part of it")
	assert.NotContains(t, c.Unset, "AUTH_SECRET")

	env["AUTH_SECRET"] = "kV3zP8wq0mJx5tYb2nHs7dLf4gRc1uEb"
	_, err = Read(testkit.Env(env))
	require.EqualError(t, err, "AUTH_SECRET is not the secret that systemd hands over as the credential auth_secret; "+
		"leave the variable unset", "who ships a secret must not sign with another one")
	env["AUTH_SECRET"] = testkit.Secret
	_, err = Read(testkit.Env(env))
	require.NoError(t, err, "what says the same is no contradiction")

	require.NoError(t, os.WriteFile(path, nil, 0o600))
	delete(env, "AUTH_SECRET")
	_, err = Read(testkit.Env(env))
	require.ErrorContains(t, err, "credential auth_secret is empty", "an empty credential is a mistake, not none")
}
