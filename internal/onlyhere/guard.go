// Package onlyhere keeps pages for the person at this machine: the lab of the server, and
// the workbook's book.
package onlyhere

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Guard lets in who works at this machine, and answers all others as missing does. Pages
// are the paths that a link on another page of this machine may lead to.
func Guard(missing http.Handler, isPage func(path string) bool) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !isHere(r) || isForwarded(r) || !isOwnPage(r) && !(isLink(r) && isPage(r.URL.Path)) {
				missing.ServeHTTP(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}

// isHere reports whether the request comes from this machine and is meant for it. A
// stranger's name that leads to 127.0.0.1 (DNS rebinding) is still the stranger's, and
// stands in Host.
func isHere(r *http.Request) bool {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !from.Addr().Unmap().IsLoopback() {
		return false
	}
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = strings.Trim(r.Host, "[]") // without a port
	}
	return IsName(host)
}

// IsName reports whether a host is a name that people at this machine call it by, and no
// other of its addresses.
func IsName(host string) bool {
	return slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, strings.ToLower(host))
}

// isForwarded reports whether a proxy on this machine sent the request for another.
// Every browser and curl speak HTTP/1.1; nginx adds no header unasked, and speaks 1.0. From
// 1.29.7 on it speaks 1.1: one that sends neither a header nor the Host of its clients can't
// be told from curl. So LAB=on starts beside no proxy that the configuration knows of.
func isForwarded(r *http.Request) bool {
	for name := range r.Header {
		switch {
		case name == "Forwarded", name == "Via", name == "X-Real-Ip", strings.HasPrefix(name, "X-Forwarded-"):
			return true
		}
	}
	return !r.ProtoAtLeast(1, 1)
}

// isOwnPage reports whether no page of another origin sent the request. Browsers say so
// in Sec-Fetch-Site (Fetch Metadata). Where it is absent, the client is a program such
// as curl, which no stranger's page can steer, or an old browser. That one sends Origin
// with each POST, and a stranger's page can't read what it gets for a GET.
func isOwnPage(r *http.Request) bool {
	for _, origin := range r.Header["Origin"] {
		if origin != "" && origin != "http://"+r.Host {
			return false
		}
	}
	site := r.Header["Sec-Fetch-Site"]
	return len(site) == 0 || len(site) == 1 && (site[0] == "same-origin" || site[0] == "none")
}

// isLink reports whether a person followed a link from another page of this
// machine, such as the notes in the browser. Such a page learns nothing by it.
func isLink(r *http.Request) bool {
	said := func(name, value string) bool { return r.Header.Get(name) == value && len(r.Header[name]) == 1 }
	return r.Method == http.MethodGet && r.Header.Get("Origin") == "" &&
		said("Sec-Fetch-Site", "same-site") && said("Sec-Fetch-Mode", "navigate") && said("Sec-Fetch-Dest", "document")
}
