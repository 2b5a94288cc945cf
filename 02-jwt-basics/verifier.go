package jwtbasics

import (
	"errors"

	"github.com/golang-jwt/jwt/v5"
)

// Verifier accepts the access tokens that a [Signer] with the same secrets
// issues, and nothing else. golang-jwt compares the MAC and validates the
// claims; the strict gate in front of it reads the bytes. It is safe for
// concurrent use.
type Verifier struct {
	ring      *KeyRing
	want      Policy
	validator *jwt.Validator
}

// NewVerifier returns a verifier, or ErrClaims for a policy with a gap.
func NewVerifier(ring *KeyRing, want Policy) (*Verifier, error) {
	if err := want.checkUsable(); err != nil {
		return nil, err
	}
	validator := jwt.NewValidator(
		jwt.WithTimeFunc(want.clock),
		jwt.WithIssuer(want.Issuer),
		jwt.WithAudience(want.Audience),
		jwt.WithExpirationRequired(),
		jwt.WithIssuedAt(),
		jwt.WithLeeway(Leeway),
	)
	return &Verifier{ring: ring, want: want, validator: validator}, nil
}

// Verify returns the claims of an access token that is genuine and valid now.
// Otherwise the claims are zero, and the error is ErrMalformed, ErrHeader,
// ErrSignature, ErrClaims, ErrNotYetValid or, if nothing else is wrong,
// ErrExpired.
func (v *Verifier) Verify(token string) (Claims, error) {
	c, err := v.open(token)
	if err != nil {
		return Claims{}, err
	}
	if err := v.validate(c); err != nil {
		return Claims{}, err
	}
	return c, nil
}

// VerifyIgnoringExpiry is Verify without the check of exp. It is for log-out
// alone, so that somebody who comes back after an hour can still end the
// session. It never lets anybody in: an expired token proves who held it, not
// who holds it.
func (v *Verifier) VerifyIgnoringExpiry(token string) (Claims, error) {
	c, err := v.open(token)
	if err != nil {
		return Claims{}, err
	}
	if err := v.validate(c); err != nil && !errors.Is(err, ErrExpired) {
		return Claims{}, err
	}
	return c, nil
}

// open is the strict gate. It returns the claims of a token that one of the
// ring's keys has signed. The header is compared with the few that the ring
// can write, so that no member of it is ever interpreted, and the payload is
// not decoded before the MAC has been found right.
func (v *Verifier) open(token string) (Claims, error) {
	parts, err := Split(token)
	if err != nil {
		return Claims{}, err
	}
	keys, ok := v.ring.forHeader(parts.Header)
	if !ok {
		return Claims{}, ErrHeader
	}
	mac, err := DecodeSegment(parts.Signature)
	if err != nil {
		return Claims{}, err
	}
	if jwt.SigningMethodHS256.Verify(parts.SigningInput, mac, keys.access()) != nil {
		return Claims{}, ErrSignature
	}
	payload, err := DecodeSegment(parts.Payload)
	if err != nil {
		return Claims{}, err
	}
	return parseClaims(payload)
}

// validate compares genuine claims with the policy and the clock. The library has
// no option for the lifetime, so that comes first: ErrExpired must come last.
func (v *Verifier) validate(c Claims) error {
	if err := v.want.checkLifetime(c); err != nil {
		return err
	}
	if err := v.validator.Validate(c); err != nil {
		return fromLibrary(err)
	}
	return nil
}
