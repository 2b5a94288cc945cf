// Wrong: An audience passes when ours is a part of it.
//
// Hint: A token for authbook-staging opens authbook. A part of a name is another name.
// How are the two values compared (RFC 8725 section 3.9)?
//
// Fails:
//   - TestPolicy_Check/an_audience_that_contains_ours_is_refused
package jwtbasics

import (
	"fmt"
	"strings"
)

func (p Policy) check(c Claims) error {
	if c.Issuer != p.Issuer {
		return fmt.Errorf("%w: iss is another", ErrClaims)
	}
	if !strings.Contains(c.Audience, p.Audience) {
		return fmt.Errorf("%w: aud is another", ErrClaims)
	}
	return p.checkLifetime(c)
}
