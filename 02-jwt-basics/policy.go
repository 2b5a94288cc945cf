package jwtbasics

import (
	"fmt"
	"time"
)

// Leeway is how far the clocks of two servers may be apart. It moves each of
// the three dates in the token's favour.
const Leeway = 5 * time.Second

// Policy is what a verifier asks of the claims, beyond their being there.
type Policy struct {
	Issuer   string        // iss must be this
	Audience string        // aud must be this
	TTL      time.Duration // exp - iat must not be more

	// Now is the clock that tokens are judged by. Nil is this machine's.
	Now func() time.Time
}

// clock returns the moment that dates are compared with.
func (p Policy) clock() time.Time {
	if p.Now == nil {
		return time.Now()
	}
	return p.Now()
}

// checkUsable returns ErrClaims for a policy with a gap. golang-jwt takes an
// empty issuer for "any issuer", which is never what was meant.
func (p Policy) checkUsable() error {
	if p.Issuer == "" || p.Audience == "" || p.TTL <= 0 {
		return fmt.Errorf("%w: a policy needs an issuer, an audience and a TTL above zero", ErrClaims)
	}
	return nil
}

// check compares the claims with the policy. The signature shows that a token is
// ours; the issuer and the audience show that it is meant for this use of it
// (RFC 8725 sections 3.8 and 3.9). The TTL stops a token that a mistake made
// live for years. The error is ErrClaims.
//
//workbook:exercise 2.9 TestPolicy_Check
func (p Policy) check(c Claims) error {
	if c.Issuer != p.Issuer {
		return fmt.Errorf("%w: iss is another", ErrClaims)
	}
	if c.Audience != p.Audience {
		return fmt.Errorf("%w: aud is another", ErrClaims)
	}
	return p.checkLifetime(c)
}

func (p Policy) checkLifetime(c Claims) error {
	if c.ExpiresAt.Sub(c.IssuedAt) > p.TTL {
		return fmt.Errorf("%w: exp - iat is more than the TTL", ErrClaims)
	}
	return nil
}
