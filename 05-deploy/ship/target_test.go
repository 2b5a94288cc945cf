package main

import (
	"os"
	"os/user"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseTarget(t *testing.T) {
	rows := []struct {
		text string
		want target
	}{
		{"203.0.113.7", target{"", "203.0.113.7", ""}},
		{"admin@203.0.113.7", target{"admin", "203.0.113.7", ""}},
		{"root@host.example.com:2222", target{"root", "host.example.com", "2222"}},
		{"ssh://root@host.example.com:2222", target{"root", "host.example.com", "2222"}},
		{"my_box", target{"", "my_box", ""}},
		{"2001:db8::7", target{"", "2001:db8::7", ""}},
		{"admin@[2001:db8::7]:2222", target{"admin", "2001:db8::7", "2222"}},
	}
	for _, row := range rows {
		t.Run(row.text, func(t *testing.T) {
			got, err := parseTarget(row.text)
			require.NoError(t, err)
			assert.Equal(t, row.want, got)
		})
	}
	for _, text := range []string{"", "@host", "user@", "host:0", "host:x", "host:99999", "a b", "-oProxyCommand=x",
		"host/path", "http://host", "ssh://-x", "user@-x", "host\n"} {
		_, err := parseTarget(text)
		require.ErrorContains(t, err, "is not a host", "%q", text)
	}
}

// Where a target leads is for the configuration of ssh to say, before any habit of
// ours.
func TestApp_resolve(t *testing.T) {
	home := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(home, ".ssh"), 0o700))
	writeConfig(t, home, "Host my_box\n  HostName 203.0.113.9\nHost debian\n  User admin\n")
	own, err := user.Current()
	require.NoError(t, err)
	rows := []struct {
		text, user, url string
	}{
		{"203.0.113.7", "ec2-user", "http://203.0.113.7"},
		{"admin@203.0.113.7", "admin", "http://203.0.113.7"},
		{"2001:db8::7", "ec2-user", "http://[2001:db8::7]"},
		{"debian", "admin", "http://debian"},
		{"root@debian:2222", "root", "http://debian"},
		{"my_box", own.Username, "http://203.0.113.9"},
	}
	for _, row := range rows {
		t.Run(row.text, func(t *testing.T) {
			to, err := parseTarget(row.text)
			require.NoError(t, err)
			found, err := (&app{ssh: filepath.Join(home, "ssh")}).resolve(t.Context(), &to)
			require.NoError(t, err)
			assert.Equal(t, row.user, to.user)
			assert.Equal(t, row.url, found.url())
			assert.Equal(t, []string{filepath.Join(home, ".ssh", "known_hosts")}, found.knownHosts)
		})
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
