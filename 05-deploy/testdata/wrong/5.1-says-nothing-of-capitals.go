// Wrong: a name in capitals is refused like a typing mistake, and nobody sees
// which letter it is.
//
// Hint: Auth.example.com is refused, and the message does not say why. One word
// in it would help the operator more than the whole name.
//
// Fails:
//   - TestCheckDomain/upper_case
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
		return fmt.Errorf("%q is a URL; a domain has no scheme and no path", text)
	case notAnAddress == nil:
		return fmt.Errorf("%s is an address; a certificate needs a name", text)
	case !domainPattern.MatchString(text):
		return fmt.Errorf("%q is not a domain", text)
	case len(text) > 253:
		return fmt.Errorf("the domain has %d bytes; at most 253 are allowed", len(text))
	}
	return nil
}
