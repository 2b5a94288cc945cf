package web

import (
	"net"
	"net/netip"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPlaceOf(t *testing.T) {
	of := placeOf([]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("2001:db8:ffff::/48")})
	tcp := func(text string) net.Addr { return net.TCPAddrFromAddrPort(netip.MustParseAddrPort(text)) }
	rows := []struct {
		name string
		addr net.Addr
		want string
	}{
		{"an IPv4 address", tcp("203.0.113.9:5000"), "203.0.113.9"},
		{"IPv4 inside IPv6", tcp("[::ffff:203.0.113.9]:5000"), "203.0.113.9"},
		{"an IPv6 network is one", tcp("[2001:db8:0:1:aaaa::7]:5000"), "2001:db8:0:1::/64"},
		{"a trusted proxy speaks for many", tcp("10.1.2.3:5000"), ""},
		{"also as IPv4 inside IPv6", tcp("[::ffff:10.1.2.3]:5000"), ""},
		{"also over IPv6", tcp("[2001:db8:ffff::1]:5000"), ""},
		{"so does a Unix socket", &net.UnixAddr{Name: "@"}, ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) { assert.Equal(t, row.want, of(row.addr)) })
	}
}
