// Wrong: a domain may have any length.
//
// Hint: The pattern bounds each label and not their number. How long may a
// whole name be?
//
// Fails:
//   - TestCheckDomain/more_than_253_bytes
package deploy

import (
	"fmt"
	"net/netip"
	"strings"
)

func CheckDomain(text string) error {
	_, notAnAddress := netip.ParseAddr(text)
	switch {
	case strings.Contains(text, "://"):
		return fmt.Errorf("%q is a URL; a domain has no scheme and no path: auth.example.com", text)
	case notAnAddress == nil:
		return fmt.Errorf("%s is an address; a certificate needs a name that points to it: auth.example.com", text)
	case !domainPattern.MatchString(text):
		return fmt.Errorf("%q is not a domain; use lower-case letters, digits, - and dots: auth.example.com", text)
	}
	return nil
}
