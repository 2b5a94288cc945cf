package folder

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestEnvironment(t *testing.T) {
	root := t.TempDir()
	t.Setenv("RATE_LIMIT", "1") // of who runs the machine
	require.NoError(t, os.Mkdir(filepath.Join(root, "etc"), 0o755))
	settings := "# RATE_LIMIT=2\n\nNAME=\"a \\\"b\\\" \\$c\"\nBARE=10 a minute\n"
	require.NoError(t, os.WriteFile(filepath.Join(root, "etc/env"), []byte(settings), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(root, "etc/secret"), []byte("s"), 0o600))
	credentials := filepath.Join(root, "run")
	env, dir, err := environment(root, []string{
		"[Service]", "MemoryMax=1G", "StateDirectory=x x/y", "WorkingDirectory=/var/lib/x",
		"Environment=DATABASE=/var/lib/x/db FORMAT=json", "EnvironmentFile=-/etc/none", "EnvironmentFile=-/etc/env",
		"LoadCredential=key:" + root + "/etc/secret",
	}, credentials)
	require.NoError(t, err)
	for _, want := range []string{`NAME=a "b" $c`, "BARE=10 a minute", "DATABASE=" + root + "/var/lib/x/db", "FORMAT=json",
		"CREDENTIALS_DIRECTORY=" + credentials} {
		assert.Contains(t, env, want)
	}
	assert.NotContains(t, env, "RATE_LIMIT=1", "a variable of ours is no setting")
	assert.NotContains(t, env, "# RATE_LIMIT=2")
	assert.Equal(t, filepath.Join(root, "var/lib/x"), dir)
	assert.DirExists(t, filepath.Join(root, "var/lib/x/y"))
	secret, err := os.ReadFile(filepath.Join(credentials, "key"))
	require.NoError(t, err)
	assert.Equal(t, "s", string(secret))

	_, _, err = environment(root, []string{"LoadCredential=key:/etc/none"}, credentials)
	require.ErrorIs(t, err, os.ErrNotExist, "systemd doesn't start such a unit either")
}
