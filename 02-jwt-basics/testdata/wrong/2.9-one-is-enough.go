// Wrong: The token passes if either issuer or audience is right.
//
// Hint: Your check lets a token pass when one of the two, issuer or audience, is right.
// Both must be. Read your condition aloud: refuse if this is wrong … that is wrong.
// Which word stands between?
//
// Fails:
//   - TestPolicy_Check/an_audience_that_contains_ours_is_refused
//   - TestPolicy_Check/another_audience_is_refused
//   - TestPolicy_Check/another_issuer_is_refused
//   - TestPolicy_Check/no_audience_is_refused
//   - TestPolicy_Check/the_issuer_in_capitals_is_refused
//   - TestPolicy_Check/the_issuer_with_a_slash_more_is_refused
package jwtbasics

import "fmt"

func (p Policy) check(c Claims) error {
	if c.Issuer != p.Issuer && c.Audience != p.Audience {
		return fmt.Errorf("%w: iss and aud are others", ErrClaims)
	}
	return p.checkLifetime(c)
}
