// Wrong: everything that has a dot in it is taken for a domain.
//
// Hint: Your check is a guess about one character. The package has a pattern
// that says what each label may be.
//
// Fails:
//   - TestCheckDomain/a_label_of_64_bytes
//   - TestCheckDomain/a_label_that_ends_with_a_dash
//   - TestCheckDomain/a_label_that_starts_with_a_dash
//   - TestCheckDomain/a_last_label_that_is_a_number
//   - TestCheckDomain/a_line_break
//   - TestCheckDomain/a_path
//   - TestCheckDomain/a_port
//   - TestCheckDomain/a_space
//   - TestCheckDomain/a_trailing_dot
//   - TestCheckDomain/a_wildcard
//   - TestCheckDomain/an_empty_label
//   - TestCheckDomain/letters_outside_ASCII
//   - TestCheckDomain/upper_case
package deploy

import (
	"fmt"
	"net/netip"
	"strings"
)

func CheckDomain(text string) error {
	if strings.Contains(text, "://") {
		return fmt.Errorf("%q is a URL; a domain has no scheme and no path: auth.example.com", text)
	}
	if _, err := netip.ParseAddr(text); err == nil {
		return fmt.Errorf("%s is an address; a certificate needs a name that points to it: auth.example.com", text)
	}
	if !strings.Contains(text, ".") {
		return fmt.Errorf("%q is not a domain; use lower-case letters, digits, - and dots: auth.example.com", text)
	}
	if len(text) > 253 {
		return fmt.Errorf("the domain has %d bytes; at most 253 are allowed", len(text))
	}
	return nil
}
