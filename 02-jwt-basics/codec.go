package jwtbasics

// Codec signs claims into tokens and verifies tokens back into claims, with
// one key and one [Policy].
type Codec interface {
	// Sign returns a token, or ErrClaims for claims that Verify would never
	// accept.
	Sign(Claims) (string, error)
	// Verify returns the claims of a token that is genuine and valid now.
	// Otherwise the claims are zero, and the error is ErrMalformed, ErrHeader,
	// ErrSignature, ErrClaims, ErrNotYetValid or ErrExpired.
	Verify(token string) (Claims, error)
}

var (
	_ Codec = (*ByHand)(nil)
	_ Codec = (*Library)(nil)
)
