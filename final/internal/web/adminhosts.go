package web

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// onlyAs answers 421 (RFC 9110 section 15.5.20) to a request for a name that is
// none of hosts, nor localhost, nor an IP address. A page on the internet can
// give its own name the address of this machine (DNS rebinding), and then reads
// what the browser of an operator may read. It can't change what the browser
// sends as Host: its name.
func onlyAs(hosts []string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.ToLower(hostOf(r.Host))
		_, err := netip.ParseAddr(name)
		if err != nil && name != "localhost" && !slices.Contains(hosts, name) {
			http.Error(w, "Use an IP address, localhost, or a name that is in ADMIN_HOSTS.", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// hostOf takes the port off a Host, and the brackets of an IPv6 address.
func hostOf(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		return name
	}
	return strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
}
