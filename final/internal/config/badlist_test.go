package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestBlocklist_thatCannotWork(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"empty": "\n\n", "latin-1": "caf\xe9\n", "nothing but a byte order mark": "\uFEFF\r\n",
		"UTF-16": "\xff\xfe1\x002\x00", "one endless line": strings.Repeat("x", 1<<20)} {
		path := filepath.Join(dir, "list")
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		require.ErrorContains(t, new(Config).readBlocklist(testkit.Env(map[string]string{"PASSWORD_BLOCKLIST": path})),
			"PASSWORD_BLOCKLIST: ", name)
	}
	for path, want := range map[string]string{filepath.Join(dir, "none"): "no such file", dir: "is a directory"} {
		err := new(Config).readBlocklist(testkit.Env(map[string]string{"PASSWORD_BLOCKLIST": path}))
		require.ErrorContains(t, err, want)
		assert.Contains(t, err.Error(), "PASSWORD_BLOCKLIST: ")
		assert.Contains(t, err.Error(), path)
		assert.NotContains(t, err.Error(), "\n", "one line")
	}
	c := Config{}
	require.NoError(t, c.readBlocklist(testkit.Env(nil)))
	assert.False(t, c.Blocklist.Has("12341234"), "off by default: the course's own sample is on every list")
}
