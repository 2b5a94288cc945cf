package web

import (
	"net/http"
	"net/netip"
	"strings"
	"unicode"

	tokens "example.com/authbook/03-token-scenarios"
	"github.com/mileusna/useragent"
)

// client tells from where a request comes, as the list of sessions shows it.
func (a *App) client(r *http.Request) tokens.Client {
	return tokens.Client{Device: deviceOf(r.UserAgent()), Network: networkOf(a.address(r))}
}

const (
	// maxUserAgent is how much of the header is looked at, in bytes. Browsers
	// send some 150.
	maxUserAgent = 512
	// maxProgram bounds the name of a program, in code points: one that the
	// module does not know is called as it calls itself.
	maxProgram = 32
)

// deviceOf names the browser and the system, such as "Firefox on Linux", or one
// of them, or nothing where the header says neither.
func deviceOf(userAgent string) string {
	sent := useragent.Parse(userAgent[:min(len(userAgent), maxUserAgent)])
	var parts []string
	for _, part := range []string{printable(sent.Name), sent.OS} { // OS is a word of the module's own
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " on ")
}

// printable keeps what may be shown: no control character, none that turns the
// direction of text, and no byte that is not UTF-8.
func printable(s string) string {
	shown := strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) && r != unicode.ReplacementChar {
			return r
		}
		return -1
	}, s)
	runes := []rune(strings.TrimSpace(shown))
	return strings.TrimSpace(string(runes[:min(len(runes), maxProgram)]))
}

// networkOf widens a client's address to the /24 of IPv4 or the /48 of IPv6:
// enough to know one's home again, and less than who is at home. It is nothing
// for a client without an address, as on a Unix socket.
func networkOf(address string) string {
	prefix, err := netip.ParsePrefix(address) // IPv6 comes as a /64
	if err == nil {
		return netip.PrefixFrom(prefix.Addr(), 48).Masked().String()
	}
	addr, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	return netip.PrefixFrom(addr, 24).Masked().String()
}
