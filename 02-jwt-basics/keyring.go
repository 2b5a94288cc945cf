package jwtbasics

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
)

// What the derived keys are for: the info of HKDF (RFC 5869 section 3.2).
// Another info gives an unrelated key, so that a refresh token and an access
// token can't be taken for each other although one secret is behind both.
const (
	accessInfo  = "authbook/access/v1"
	refreshInfo = "authbook/refresh/v1"
	kidInfo     = "authbook/kid/v1"
)

const (
	derivedKeyBytes = 32
	kidBytes        = 8 // enough to tell keys apart; it protects nothing
)

// KeyRing holds the keys of the current secret, which sign and verify, and
// those of the previous one, which only verify. It never changes, and it is
// safe for concurrent use.
type KeyRing struct {
	keys []ringKeys // the current ones first
}

// ringKeys are the keys derived from one secret.
type ringKeys struct {
	header  string // of its access tokens, encoded
	access  secret
	refresh *HS256
}

// NewKeyRing derives the keys of current and, unless it is nil, of previous.
// Each secret has at least [MinSecretBytes]. Two equal secrets are an error
// too: a rotation that rotates nothing is a mistake that nobody would see. The
// error is ErrKey and quotes no secret.
func NewKeyRing(current, previous []byte) (*KeyRing, error) {
	keys, err := deriveKeys(current)
	if err != nil {
		return nil, fmt.Errorf("current secret: %w", err)
	}
	if previous == nil {
		return &KeyRing{keys: []ringKeys{keys}}, nil
	}
	old, err := deriveKeys(previous)
	if err != nil {
		return nil, fmt.Errorf("previous secret: %w", err)
	}
	if hmac.Equal(current, previous) {
		return nil, fmt.Errorf("%w: the current and the previous secret are the same", ErrKey)
	}
	return &KeyRing{keys: []ringKeys{keys, old}}, nil
}

func deriveKeys(secret []byte) (ringKeys, error) {
	if err := checkSecret(secret); err != nil {
		return ringKeys{}, err
	}
	access, err := derive(secret, accessInfo, derivedKeyBytes)
	if err != nil {
		return ringKeys{}, err
	}
	refresh, err := derive(secret, refreshInfo, derivedKeyBytes)
	if err != nil {
		return ringKeys{}, err
	}
	kid, err := derive(secret, kidInfo, kidBytes)
	if err != nil {
		return ringKeys{}, err
	}
	return ringKeys{header: accessHeader(kid), access: keep(access), refresh: &HS256{secret: keep(refresh)}}, nil
}

// derive has no salt: the secret is random already, and every instance must
// come to the same keys.
func derive(secret []byte, info string, length int) ([]byte, error) {
	key, err := hkdf.Key(sha256.New, secret, nil, info, length)
	if err != nil {
		return nil, fmt.Errorf("%w: HKDF: %w", ErrKey, err)
	}
	return key, nil
}

// accessHeader returns the one header that access tokens of a key have,
// encoded. at+jwt keeps them apart from every other JWT (RFC 9068 section 2.1).
// The kid is an output of HKDF like the keys, so it says nothing about them.
func accessHeader(kid []byte) string {
	return EncodeSegment([]byte(`{"alg":"HS256","kid":"` + EncodeSegment(kid) + `","typ":"at+jwt"}`))
}

// forHeader returns the keys whose access tokens have this encoded header. The
// header is not secret, so comparing it may take any time.
func (r *KeyRing) forHeader(header string) (ringKeys, bool) {
	for _, keys := range r.keys {
		if keys.header == header {
			return keys, true
		}
	}
	return ringKeys{}, false
}

// RefreshMAC returns the MAC of a refresh token's message under the current
// secret, 32 bytes.
func (r *KeyRing) RefreshMAC(message []byte) []byte {
	return r.keys[0].refresh.mac(string(message))
}

// VerifyRefreshMAC reports whether mac is the message's MAC under the current
// or the previous secret, comparing in constant time.
func (r *KeyRing) VerifyRefreshMAC(message, mac []byte) bool {
	for _, keys := range r.keys {
		if keys.refresh.Verify(string(message), mac) == nil {
			return true
		}
	}
	return false
}
