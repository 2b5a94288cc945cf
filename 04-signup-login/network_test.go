package accounts

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNetworkOf(t *testing.T) {
	rows := []struct{ name, address, want string }{
		{"an IPv6 network is part of its /48", "2001:db8:7:1::/64", "2001:db8:7::/48"},
		{"so is its neighbour", "2001:db8:7:ffff::/64", "2001:db8:7::/48"},
		{"the next /48 is another one", "2001:db8:8:1::/64", "2001:db8:8::/48"},
		{"an IPv4 address is by itself", "192.0.2.1", "192.0.2.1"},
		{"what is no address stays as it is", "@", "@"},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) { assert.Equal(t, r.want, networkOf(r.address)) })
	}
}
