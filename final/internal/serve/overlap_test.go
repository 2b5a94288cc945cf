package serve

import (
	"net"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOverlap(t *testing.T) {
	rows := []struct {
		name, open, wanted string
		want               bool
	}{
		{"another port", "127.0.0.1:1", "127.0.0.1:2", false},
		{"another address", "127.0.0.1:1", "127.0.0.2:1", false},
		{"IPv4 in the spelling of IPv6", "127.0.0.1:1", "[::ffff:127.0.0.1]:1", true},
		{"no address at all is every one", "192.0.2.1:1", ":1", true},
		{"all of IPv6 has IPv4 as well", "[::]:1", "127.0.0.1:1", true},
		{"all of IPv6, and one", "[::]:1", "[::1]:1", true},
		{"all of IPv4 has no IPv6", "0.0.0.0:1", "[::1]:1", false},
		{"nor the other way round", "[::1]:1", "0.0.0.0:1", false},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			open, err := net.ResolveTCPAddr("tcp", row.open)
			require.NoError(t, err)
			wanted, err := net.ResolveTCPAddr("tcp", row.wanted)
			require.NoError(t, err)
			assert.Equal(t, row.want, overlap(open, wanted))
		})
	}
	assert.False(t, overlap(&net.UnixAddr{Name: "/run/authbook.sock", Net: "unix"}, &net.TCPAddr{Port: 1}))
}
