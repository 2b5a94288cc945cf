package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Two ways to one machine stand for two machines: each is shipped to in its turn.
func TestShip_severalHosts(t *testing.T) {
	skipUnlessLong(t)
	rows := []struct {
		name, flaw string
		want       string
		served     string
	}{
		{"a good release comes to all", "", "", "two"},
		{"a bad one stops at the first", crashes, "serves, as before; nothing was done on ", "one"},
		{"one that takes no traffic stops at the first", tires,
			"it serves, and takes no traffic: NO: UNAVAILABLE: the disk is full; nothing was done on ", "two"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			f := newField(t)
			require.NoError(t, f.deploy("one", ""))
			other, home := newSSHD(t, f.instance)
			writeConfig(t, f.home, "IdentityFile "+home+"/.ssh/id_ed25519\nUserKnownHostsFile HOME/.ssh/known_hosts "+
				home+"/.ssh/known_hosts\n")
			err := f.ship("two", row.flaw, "-url", f.instance.url, f.host(), "admin@"+other.Address())
			assert.Equal(t, row.served, f.instance.revision())
			if row.want == "" {
				require.NoError(t, err)
				assert.Regexp(t, `(?s)serves on 127.0.0.1, .*it takes traffic\n.*serves on 127.0.0.1, `, f.printed.String())
				assert.Equal(t, []string{"authbook@a.service"}, f.instance.Running(), "from a to b, and to a")
				return
			}
			require.ErrorContains(t, err, row.want+"admin@"+other.Address())
			assert.NotContains(t, err.Error(), "\n", "one line")
		})
	}
}
