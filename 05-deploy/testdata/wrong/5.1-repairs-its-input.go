// Wrong: the check repairs the text before it looks, and the caller keeps the
// broken one.
//
// Hint: CheckDomain returns an error and no text. Who uses the repaired one?
//
// Fails:
//   - TestCheckDomain/a_line_break
//   - TestCheckDomain/a_space
//   - TestCheckDomain/a_trailing_dot
//   - TestCheckDomain/upper_case
package deploy

import (
	"fmt"
	"net/netip"
	"strings"
)

func CheckDomain(text string) error {
	text = strings.ToLower(strings.Trim(text, " \n."))
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
