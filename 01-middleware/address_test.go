package middleware_test

import (
	"net/netip"
	"strings"
	"testing"

	"example.com/authbook/01-middleware"
	"github.com/stretchr/testify/assert"
)

func TestClientAddress(t *testing.T) {
	proxies := []netip.Prefix{
		netip.MustParsePrefix("10.0.0.0/8"),
		netip.MustParsePrefix("2001:db8:ffff::/48"),
		netip.MustParsePrefix("fe80::/10"),
	}
	rows := []struct {
		name      string
		remote    string
		forwarded []string
		want      string
	}{
		{"an IPv4 address comes without the port", "203.0.113.9:5000", nil, "203.0.113.9"},
		{"an IPv6 address comes as its network", "[2001:db8:0:1:aaaa::7]:5000", nil, "2001:db8:0:1::/64"},
		{"a neighbour in the network is the same client", "[2001:db8:0:1:bbbb::8]:5000", nil, "2001:db8:0:1::/64"},
		{"IPv4 inside IPv6 is IPv4", "[::ffff:203.0.113.9]:5000", nil, "203.0.113.9"},
		{"a zone does not count", "[fe80::1%eth0]:5000", nil, "fe80::/64"},
		{"what is no address stays as it is", "@", nil, "@"},

		{"a client can't speak for another", "203.0.113.9:5000", []string{"198.51.100.1"}, "203.0.113.9"},
		{"a client can't pose as a proxy's client", "203.0.113.9:5000", []string{"198.51.100.1, 10.0.0.2"}, "203.0.113.9"},
		{"a proxy speaks for its client", "10.0.0.1:5000", []string{"198.51.100.1"}, "198.51.100.1"},
		{"a proxy that came as IPv4 inside IPv6", "[::ffff:10.0.0.1]:5000", []string{"198.51.100.1"}, "198.51.100.1"},
		{"an IPv6 proxy speaks for its client", "[2001:db8:ffff::1]:5000", []string{"2001:db8:0:1::7"}, "2001:db8:0:1::/64"},
		{"a proxy on the same link speaks for its client", "[fe80::1%eth0]:5000", []string{"198.51.100.1"}, "198.51.100.1"},
		{"what the client claims comes first and does not count",
			"10.0.0.1:5000", []string{"192.0.2.66, 198.51.100.1"}, "198.51.100.1"},
		{"a claim of a trusted address does not count", "10.0.0.1:5000", []string{"10.0.0.9, 198.51.100.1"}, "198.51.100.1"},
		{"two proxies in a row", "10.0.0.1:5000", []string{"192.0.2.66, 198.51.100.1, 10.0.0.2"}, "198.51.100.1"},
		{"several lines are one list", "10.0.0.1:5000", []string{"192.0.2.66", "198.51.100.1", "10.0.0.2"}, "198.51.100.1"},
		{"spaces and empty members do not count", "10.0.0.1:5000", []string{" 198.51.100.1 ,, ", ""}, "198.51.100.1"},
		{"a hop with its port", "10.0.0.1:5000", []string{"198.51.100.1:4000"}, "198.51.100.1"},
		{"an IPv6 hop with its port", "10.0.0.1:5000", []string{"[2001:db8:0:1::7]:4000"}, "2001:db8:0:1::/64"},
		{"a hop with IPv4 inside IPv6", "10.0.0.1:5000", []string{"::ffff:198.51.100.1"}, "198.51.100.1"},
		{"a client among the proxies", "10.0.0.1:5000", []string{"10.0.0.7"}, "10.0.0.7"},
		{"a proxy that says nothing", "10.0.0.1:5000", nil, "10.0.0.1"},

		{"a proxy that wrote no address", "10.0.0.1:5000", []string{"unknown"}, "10.0.0.1"},
		{"no address behind another proxy", "10.0.0.1:5000", []string{"unknown, 10.0.0.2"}, "10.0.0.1"},
		{"a claim that is no address does not count", "10.0.0.1:5000", []string{"<script>, 198.51.100.1"}, "198.51.100.1"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			r := get("/")
			r.RemoteAddr = row.remote
			r.Header["X-Forwarded-For"] = row.forwarded
			assert.Equal(t, row.want, middleware.ClientAddress(proxies)(r))
		})
	}
}

func TestClientAddress_trustsNobodyByDefault(t *testing.T) {
	r := get("/")
	r.RemoteAddr = "127.0.0.1:5000"
	r.Header.Set("X-Forwarded-For", "198.51.100.1")
	assert.Equal(t, "127.0.0.1", middleware.ClientAddress(nil)(r))
}

// Whatever the header says, a connection that is not a proxy's counts itself,
// and one that is yields an address or a network, never the header's text.
func FuzzClientAddress(f *testing.F) {
	long := strings.Repeat("10.0.0.1,", 99)
	for _, seed := range []string{"198.51.100.1", "a,b", ",,,", "10.0.0.1,10.0.0.2", "::1%x", "[::1]:1", long} {
		f.Add(seed)
	}
	address := middleware.ClientAddress([]netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")})
	f.Fuzz(func(t *testing.T, forwarded string) {
		r := get("/")
		r.Header.Set("X-Forwarded-For", forwarded)
		r.RemoteAddr = "203.0.113.9:5000"
		assert.Equal(t, "203.0.113.9", address(r))
		r.RemoteAddr = "10.0.0.1:5000"
		got := address(r)
		_, errAddr := netip.ParseAddr(got)
		_, errPrefix := netip.ParsePrefix(got)
		assert.True(t, errAddr == nil || errPrefix == nil, "%q is neither an address nor a network", got)
	})
}
