package jwtbasics

import "errors"

// The ways a token or a key is refused. Test with errors.Is. No message
// quotes a token or a key: both may end up in a log.
var (
	// ErrMalformed says that the text is not a token: too long, not three
	// base64url segments, each in the one way to write it, or not a flat JSON object.
	ErrMalformed = errors.New("jwtbasics: malformed token")
	// ErrHeader says that the header is not one that the key in use writes:
	// another algorithm, another type, an unknown kid, any extension.
	ErrHeader = errors.New("jwtbasics: header not accepted")
	// ErrSignature says that the signature or MAC does not match.
	ErrSignature = errors.New("jwtbasics: signature does not match")
	// ErrClaims says that a claim is missing, unknown or not the one asked
	// for: issuer, audience, lifetime.
	ErrClaims = errors.New("jwtbasics: claims not accepted")
	// ErrNotYetValid says that nbf or iat lies in the future.
	ErrNotYetValid = errors.New("jwtbasics: token not valid yet")
	// ErrExpired says that exp has passed and that nothing else is wrong with
	// the token: every other check comes first.
	ErrExpired = errors.New("jwtbasics: token expired")
	// ErrKey says that a key is too weak or of the wrong kind.
	ErrKey = errors.New("jwtbasics: key not accepted")
)
