package jwtbasics

import (
	"crypto/ed25519"
	"fmt"
)

// EdDSA is an Ed25519 key (RFC 8037 section 3.1). There is nothing to choose:
// one curve, one hash, one key size, signatures of 64 bytes, and no random
// number that could go wrong.
type EdDSA struct{ private secret }

// NewEdDSA returns a key, or ErrKey if it is not 64 bytes long, the length of
// seed and public key together, or if the two don't belong together: a
// signature made with somebody else's public key gives the private one away.
func NewEdDSA(private ed25519.PrivateKey) (*EdDSA, error) {
	if len(private) != ed25519.PrivateKeySize {
		return nil, fmt.Errorf("%w: EdDSA needs an Ed25519 private key of %d bytes, this one has %d",
			ErrKey, ed25519.PrivateKeySize, len(private))
	}
	if !private.Equal(ed25519.NewKeyFromSeed(private.Seed())) {
		return nil, fmt.Errorf("%w: EdDSA: seed and public key don't belong together", ErrKey)
	}
	return &EdDSA{private: keep(private)}, nil
}

// Alg returns EdDSA.
func (k *EdDSA) Alg() string { return "EdDSA" }

// Sign returns 64 bytes. The input is not hashed first: Ed25519 does that.
func (k *EdDSA) Sign(input string) ([]byte, error) {
	return ed25519.Sign(k.private(), []byte(input)), nil
}

// Verify needs the public half alone.
func (k *EdDSA) Verify(input string, signature []byte) error {
	if !ed25519.Verify(k.public(), []byte(input), signature) {
		return ErrSignature
	}
	return nil
}

func (k *EdDSA) public() ed25519.PublicKey {
	return ed25519.PrivateKey(k.private()).Public().(ed25519.PublicKey)
}

func (k *EdDSA) forLibrary() (private, public any) {
	return ed25519.PrivateKey(k.private()), k.public()
}
