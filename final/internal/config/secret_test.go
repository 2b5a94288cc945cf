package config

import (
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	jwtbasics "example.com/authbook/02-jwt-basics"
	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestKeptSecret_isMadeOnceAndPrivate(t *testing.T) {
	dir := t.TempDir()
	first, err := keptSecret(dir)
	require.NoError(t, err)
	assert.GreaterOrEqual(t, len(first), jwtbasics.MinSecretBytes)

	again, err := keptSecret(dir)
	require.NoError(t, err)
	assert.Equal(t, first, again, "a new secret at each start would log everybody out")

	other, err := keptSecret(t.TempDir())
	require.NoError(t, err)
	assert.NotEqual(t, first, other)

	info, err := os.Stat(filepath.Join(dir, "secret"))
	require.NoError(t, err)
	if runtime.GOOS != "windows" {
		assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
	}
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, entries, 1, "no temporary file stays")
}

func TestKeptSecret_isOneForServersThatStartTogether(t *testing.T) {
	dir := t.TempDir()
	secrets := make([]string, 20)
	var group sync.WaitGroup
	for i := range secrets {
		group.Go(func() {
			secret, err := keptSecret(dir)
			assert.NoError(t, err)
			secrets[i] = string(secret)
		})
	}
	group.Wait()
	for _, secret := range secrets {
		assert.Equal(t, secrets[0], secret)
	}
}

func TestSecrets_areThoseOfTheServer(t *testing.T) {
	database := filepath.Join(t.TempDir(), "authbook.db")
	_, _, err := Secrets(testkit.Env(nil), database)
	require.Error(t, err, "a command makes no secret")
	kept, _, err := Config{}.KeepSecret(database)
	require.NoError(t, err)
	current, previous, err := Secrets(testkit.Env(nil), database)
	require.NoError(t, err)
	assert.Equal(t, kept, current)
	assert.Nil(t, previous)

	current, previous, err = Secrets(testkit.Env(map[string]string{
		"AUTH_SECRET": testkit.Secret, "AUTH_SECRET_PREVIOUS": string(kept)}), database)
	require.NoError(t, err)
	assert.Equal(t, testkit.Secret, string(current))
	assert.Equal(t, kept, previous)
}

func TestKeptSecret_refusesABadFile(t *testing.T) {
	rows := []struct {
		name string
		text string
		mode os.FileMode
		want string
	}{
		{"a file that others can read", testkit.Secret, 0o644, "can be read by others"},
		{"an empty file", "", 0o600, "too short: 0 bytes"},
		{"a short secret", "hunter2", 0o600, "too short: 7 bytes"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "secret")
			require.NoError(t, os.WriteFile(path, []byte(row.text), row.mode))
			_, err := keptSecret(dir)
			require.ErrorContains(t, err, row.want)
			assert.ErrorContains(t, err, path, "the message names the file")
			assert.NotContains(t, err.Error(), "hunter2")
		})
	}
}

func TestKeptSecret_saysWhenTheFolderCannotBeWritten(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "missing")
	_, err := keptSecret(missing)
	require.ErrorContains(t, err, "cannot keep a secret in "+missing)
	assert.ErrorContains(t, err, "set AUTH_SECRET")
}
