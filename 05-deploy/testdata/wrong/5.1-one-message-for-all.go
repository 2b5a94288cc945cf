// Wrong: an operator who types a URL or an address hears only that it is not a
// domain.
//
// Hint: The pattern refuses URLs and addresses too, but it cannot say what they
// are. In which order must you ask?
//
// Fails:
//   - TestCheckDomain/a_URL
//   - TestCheckDomain/an_IPv4_address
//   - TestCheckDomain/an_IPv6_address
package deploy

import "fmt"

func CheckDomain(text string) error {
	if !domainPattern.MatchString(text) {
		return fmt.Errorf("%q is not a domain; use lower-case letters, digits, - and dots: auth.example.com", text)
	}
	if len(text) > 253 {
		return fmt.Errorf("the domain has %d bytes; at most 253 are allowed", len(text))
	}
	return nil
}
