package accounts

import "net/netip"

// networkShare is how many addresses a network counts as at most: an IPv6 /48,
// which one home or one company has. It holds 65,536 networks of the size /64,
// and each of these is an address to us.
const networkShare = 8

// networkOf returns the /48 of an address that is an IPv6 network, such as
// "2001:db8:7::/48" of "2001:db8:7:1::/64". An IPv4 address, and what is no
// address, is a network by itself.
func networkOf(address string) string {
	prefix, err := netip.ParsePrefix(address)
	if err != nil || prefix.Addr().Is4() {
		return address
	}
	return netip.PrefixFrom(prefix.Addr(), 48).Masked().String()
}
