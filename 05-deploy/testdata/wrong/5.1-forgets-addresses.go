// Wrong: an address is called a bad domain, which helps nobody.
//
// Hint: Somebody types 192.0.2.7. What is it, and why can it not be used here?
// Package net/netip knows addresses.
//
// Fails:
//   - TestCheckDomain/an_IPv4_address
//   - TestCheckDomain/an_IPv6_address
package deploy

import (
	"fmt"
	"strings"
)

func CheckDomain(text string) error {
	switch {
	case strings.Contains(text, "://"):
		return fmt.Errorf("%q is a URL; a domain has no scheme and no path: auth.example.com", text)
	case !domainPattern.MatchString(text):
		return fmt.Errorf("%q is not a domain; use lower-case letters, digits, - and dots: auth.example.com", text)
	case len(text) > 253:
		return fmt.Errorf("the domain has %d bytes; at most 253 are allowed", len(text))
	}
	return nil
}
