// Wrong: The issuer may be written in any case.
//
// Hint: HTTPS://AUTH.EXAMPLE is another text than https://auth.example. An issuer is
// compared byte by byte (RFC 8725 section 3.8). Two spellings of a name are two names.
//
// Fails:
//   - TestPolicy_Check/the_issuer_in_capitals_is_refused
package jwtbasics

import (
	"fmt"
	"strings"
)

func (p Policy) check(c Claims) error {
	if !strings.EqualFold(c.Issuer, p.Issuer) {
		return fmt.Errorf("%w: iss is another", ErrClaims)
	}
	if c.Audience != p.Audience {
		return fmt.Errorf("%w: aud is another", ErrClaims)
	}
	return p.checkLifetime(c)
}
