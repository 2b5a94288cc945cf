// Wrong: A claim that is missing is not checked.
//
// Hint: A token for nobody in particular is welcome everywhere. You ask about the
// audience only if there is one. Whoever leaves it out has nothing to fear.
//
// Fails:
//   - TestPolicy_Check/no_audience_is_refused
package jwtbasics

import "fmt"

func (p Policy) check(c Claims) error {
	if c.Issuer != "" && c.Issuer != p.Issuer {
		return fmt.Errorf("%w: iss is another", ErrClaims)
	}
	if c.Audience != "" && c.Audience != p.Audience {
		return fmt.Errorf("%w: aud is another", ErrClaims)
	}
	return p.checkLifetime(c)
}
