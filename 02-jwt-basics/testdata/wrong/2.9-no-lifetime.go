// Wrong: A token may live as long as it says.
//
// Hint: Issuer and audience are right, and the token is good for a thousand years. The
// policy has a third field. A mix-up of seconds and milliseconds once made tokens of 41
// days out of 60 minutes. Which check would have seen it?
//
// Fails:
//   - TestPolicy_Check/a_second_more_than_the_TTL_is_refused
//   - TestPolicy_Check/a_token_for_a_thousand_years_is_refused
package jwtbasics

import "fmt"

func (p Policy) check(c Claims) error {
	if c.Issuer != p.Issuer {
		return fmt.Errorf("%w: iss is another", ErrClaims)
	}
	if c.Audience != p.Audience {
		return fmt.Errorf("%w: aud is another", ErrClaims)
	}
	return nil
}
