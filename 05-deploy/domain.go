package deploy

import (
	"fmt"
	"net/netip"
	"regexp"
	"strings"
)

// CheckDomain returns nil for a host name that a public certificate can be
// made for, such as auth.example.com. Its error is one line that says what the
// text is instead and what would be right.
//
//workbook:exercise 5.1
func CheckDomain(text string) error {
	_, notAnAddress := netip.ParseAddr(text)
	switch {
	case strings.Contains(text, "://"):
		return fmt.Errorf("%q is a URL; a domain has no scheme and no path: auth.example.com", text)
	case notAnAddress == nil:
		return fmt.Errorf("%s is an address; a certificate needs a name that points to it: auth.example.com", text)
	case !domainPattern.MatchString(text):
		return fmt.Errorf("%q is not a domain; use lower-case letters, digits, - and dots: auth.example.com", text)
	case len(text) > 253:
		return fmt.Errorf("the domain has %d bytes; at most 253 are allowed", len(text))
	}
	return nil
}

// domainPattern is two or more labels of RFC 1123 section 2.1, each of at most
// 63 bytes, the last of them not a number. A port, a trailing dot and a single
// name such as localhost do not match.
var domainPattern = regexp.MustCompile(
	`^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$`)
