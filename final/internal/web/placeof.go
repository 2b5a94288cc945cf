package web

import (
	"net"
	"net/http"
	"net/netip"
	"slices"

	middleware "example.com/authbook/01-middleware"
)

// placeOf says with whom a connection shares its places: with those of its IPv4
// address or IPv6 network. A proxy that is trusted speaks for many people, and
// so does what connects over a Unix socket: they share with nobody, "".
func placeOf(trusted []netip.Prefix) func(net.Addr) string {
	address := middleware.ClientAddress(nil)
	return func(addr net.Addr) string {
		peer, err := netip.ParseAddrPort(addr.String())
		if err != nil || isTrusted(trusted, peer.Addr()) {
			return ""
		}
		return address(&http.Request{RemoteAddr: addr.String()})
	}
}

func isTrusted(proxies []netip.Prefix, peer netip.Addr) bool {
	plain := peer.Unmap().WithZone("")
	return slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(plain) })
}
