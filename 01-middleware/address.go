package middleware

import (
	"iter"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// ClientAddress returns a function that tells whose request it is: the key of
// a rate limit and the remote address of the log.
//
// That is the address of the connection. Where the connection comes from a
// trusted proxy, it is the address that this proxy was reached from: proxies
// append it to X-Forwarded-For, so the header is read from its end, and no
// further than the first address that is not trusted. What comes before that
// is the client's own claim. If the proxies wrote something that is no
// address, the connection's address counts.
//
// IPv4 addresses come as "203.0.113.9". IPv6 addresses come as their network,
// "2001:db8:0:1::/64", because one client has all addresses of it. RemoteAddr
// is returned as it is where it is no address, as for a Unix socket.
func ClientAddress(trusted []netip.Prefix) func(*http.Request) string {
	trusted = slices.Clone(trusted)
	return func(r *http.Request) string {
		remote, err := netip.ParseAddrPort(r.RemoteAddr)
		if err != nil {
			return r.RemoteAddr
		}
		return addressKey(clientOf(plain(remote.Addr()), r.Header.Values("X-Forwarded-For"), trusted))
	}
}

// clientOf walks from the connection's address towards the client, as far as
// the hops are trusted.
func clientOf(remote netip.Addr, forwarded []string, trusted []netip.Prefix) netip.Addr {
	hop := remote
	for text := range hopsFromRight(forwarded) {
		isTrusted := func(p netip.Prefix) bool { return p.Contains(hop) }
		if !slices.ContainsFunc(trusted, isTrusted) {
			return hop
		}
		next, ok := parseHop(text)
		if !ok {
			return remote
		}
		hop = next
	}
	return hop
}

// hopsFromRight yields the members of a comma-separated header from the last
// one. A header sent on several lines is one list (RFC 9110 section 5.3), and
// empty members do not count (section 5.6.1). It cuts off one member at a
// time, so a long forged header costs nothing.
func hopsFromRight(lines []string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, line := range slices.Backward(lines) {
			for more := true; more; {
				comma := strings.LastIndexByte(line, ',')
				hop := strings.TrimSpace(line[comma+1:])
				if hop != "" && !yield(hop) {
					return
				}
				line, more = line[:max(comma, 0)], comma >= 0
			}
		}
	}
}

// parseHop reads an address. Some proxies add the port.
func parseHop(s string) (netip.Addr, bool) {
	if withPort, err := netip.ParseAddrPort(s); err == nil {
		return plain(withPort.Addr()), true
	}
	addr, err := netip.ParseAddr(s)
	return plain(addr), err == nil
}

// plain brings an address to its one form: ::ffff:203.0.113.9 is the IPv4
// address inside, and a zone has a meaning on one machine only.
func plain(addr netip.Addr) netip.Addr { return addr.Unmap().WithZone("") }

func addressKey(addr netip.Addr) string {
	if addr.Is4() {
		return addr.String()
	}
	return netip.PrefixFrom(addr, 64).Masked().String()
}
