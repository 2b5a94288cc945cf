package jwtbasics

import (
	"fmt"

	"github.com/golang-jwt/jwt/v5"
)

// Signer issues access tokens under the current secret of a [KeyRing]. It is
// safe for concurrent use.
type Signer struct{ ring *KeyRing }

// NewSigner returns a signer.
func NewSigner(ring *KeyRing) *Signer { return &Signer{ring: ring} }

// Sign returns an access token. Its header is the key's, byte for byte
// {"alg":"HS256","kid":"…","typ":"at+jwt"}, and golang-jwt computes the MAC.
// Claims that no [Verifier] would accept are ErrClaims: one is missing, a value
// would need an escape in JSON, or they make a token that is too long.
func (s *Signer) Sign(c Claims) (string, error) {
	if err := c.checkWritable(); err != nil {
		return "", err
	}
	keys := s.ring.keys[0]
	input := keys.header + "." + EncodeSegment(c.appendJSON(nil))
	mac, err := jwt.SigningMethodHS256.Sign(input, keys.access())
	if err != nil {
		return "", fmt.Errorf("jwtbasics: sign: %w", err)
	}
	return input + "." + EncodeSegment(mac), nil
}
