package jwtbasics

import (
	"crypto/ed25519"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNewEdDSA(t *testing.T) {
	mixed := slices.Concat(rfcEdKey()[:32], make([]byte, 32))
	for _, row := range []struct {
		name string
		key  ed25519.PrivateKey
		err  error
	}{
		{"an Ed25519 key is accepted", rfcEdKey(), nil},
		{"the seed alone is refused", rfcEdKey()[:32], ErrKey},
		{"a seed with another public key is refused: a signature would give the seed away", mixed, ErrKey},
		{"no key is refused", nil, ErrKey},
	} {
		t.Run(row.name, func(t *testing.T) {
			key, err := NewEdDSA(row.key)
			assert.ErrorIs(t, err, row.err)
			assert.Equal(t, row.err != nil, key == nil, "a key comes back exactly when there is no error")
		})
	}
}

func TestNewEdDSA_copiesTheKey(t *testing.T) {
	private := rfcEdKey()
	key := must(NewEdDSA(private))
	clear(private)
	signature := must(key.Sign(rfcEdDSAInput))
	assert.Equal(t, rfcEdDSASignature, EncodeSegment(signature), "a caller that wipes its copy must not wipe the key")
}

// RFC 8037 appendix A.4.
func TestEdDSA_signsAndVerifiesTheRFC(t *testing.T) {
	key := must(NewEdDSA(rfcEdKey()))
	signature, err := key.Sign(rfcEdDSAInput)
	require.NoError(t, err)
	assert.Equal(t, rfcEdDSASignature, EncodeSegment(signature), "EdDSA is deterministic")

	assert.NoError(t, key.Verify(rfcEdDSAInput, unb64(rfcEdDSASignature)))
	assert.ErrorIs(t, key.Verify(rfcEdDSAInput+"A", signature), ErrSignature, "the signature covers every byte")
	assert.ErrorIs(t, key.Verify(rfcEdDSAInput, flip(signature, 63)), ErrSignature, "every byte counts")
	assert.ErrorIs(t, key.Verify(rfcEdDSAInput, make([]byte, 64)), ErrSignature, "the length alone proves nothing")
	assert.ErrorIs(t, key.Verify(rfcEdDSAInput, nil), ErrSignature, "no signature is none, and no panic")
}
