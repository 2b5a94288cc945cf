package jwtbasics

// Key signs and verifies with one algorithm. The algorithm belongs to the key
// and never comes from a token: a token that could choose would choose "none",
// or HMAC with the RSA key that everybody knows (RFC 8725 section 3.1).
//
// The method forLibrary keeps the set closed: no other package can add a key
// whose checks nobody has read.
type Key interface {
	// Alg is the name in the header's alg member (RFC 7518 section 3.1).
	Alg() string
	// Sign returns the signature over the signing input.
	Sign(input string) ([]byte, error)
	// Verify returns nil if the signature over the input is this key's, and
	// ErrSignature if not.
	Verify(input string, signature []byte) error
	// forLibrary returns the two halves as golang-jwt wants them: what signs
	// and what verifies.
	forLibrary() (private, public any)
}
