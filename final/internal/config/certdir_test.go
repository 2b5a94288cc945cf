package config

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestMakeCertDir(t *testing.T) {
	dir := t.TempDir()
	c := Config{Domain: "auth.example.com"}
	made, err := c.MakeCertDir(filepath.Join(dir, "authbook.db"))
	require.NoError(t, err)
	assert.Equal(t, filepath.Join(dir, "certificates"), made, "beside the database")
	info, err := os.Stat(made)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o700), info.Mode().Perm(), "it holds private keys")
	entries, err := os.ReadDir(made)
	require.NoError(t, err)
	assert.Empty(t, entries)

	t.Chdir(dir)
	made, err = c.MakeCertDir("")
	require.NoError(t, err)
	assert.Equal(t, filepath.Join("data", "certificates"), made, "with PostgreSQL there is no file to be beside")

	file := filepath.Join(dir, "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	c.CertDir = filepath.Join(file, "x")
	_, err = c.MakeCertDir("")
	require.EqualError(t, err, "CERT_DIR: cannot keep certificates in "+c.CertDir+": not a directory")

	_, err = Config{}.MakeCertDir(filepath.Join(dir, "other", "authbook.db"))
	require.NoError(t, err)
	assert.NoDirExists(t, filepath.Join(dir, "other"), "without a domain nothing is made")
}
