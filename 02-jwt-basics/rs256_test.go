package jwtbasics

import (
	"crypto/rsa"
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNewRS256(t *testing.T) {
	weak := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), 2046), E: 65537}}
	changed := func(change func(key *rsa.PrivateKey)) *rsa.PrivateKey {
		key := rfcRSAKey()
		key.Precomputed = rsa.PrecomputedValues{} // as a key that was put together by hand
		change(key)
		return key
	}
	for _, row := range []struct {
		name    string
		key     *rsa.PrivateKey
		err     error
		message string
	}{
		{"2048 bits are enough", rfcRSAKey(), nil, ""},
		{"2047 bits are too few (RFC 7518 section 3.3)", weak, ErrKey, "at least 2048 bits"},
		{"numbers that don't fit together are refused", changed(func(key *rsa.PrivateKey) {
			key.D = big.NewInt(3)
		}), ErrKey, "not a valid RSA key"},
		{"the public half of another key is refused", changed(func(key *rsa.PrivateKey) {
			key.N = new(big.Int).Add(key.N, big.NewInt(2))
		}), ErrKey, "not a valid RSA key"},
		{"no private half is refused", changed(func(key *rsa.PrivateKey) { key.D = nil }), ErrKey,
			"not a valid RSA key"},
		{"e = 1 is refused: a signature would be the text itself", changed(func(key *rsa.PrivateKey) {
			key.E, key.D = 1, big.NewInt(1)
		}), ErrKey, "not a valid RSA key"},
		{"an empty key is refused", &rsa.PrivateKey{}, ErrKey, "at least 2048 bits"},
		{"no key is refused", nil, ErrKey, "at least 2048 bits"},
	} {
		t.Run(row.name, func(t *testing.T) {
			key, err := NewRS256(row.key)
			assert.ErrorIs(t, err, row.err)
			assert.Equal(t, row.err != nil, key == nil, "a key comes back exactly when there is no error")
			if err != nil {
				assert.ErrorContains(t, err, row.message, "the message says what would be right")
			}
		})
	}
}

// RFC 7515 appendix A.2.
func TestRS256_signsAndVerifiesTheRFC(t *testing.T) {
	key := must(NewRS256(rfcRSAKey()))
	signature, err := key.Sign(rfcRS256Input)
	require.NoError(t, err)
	assert.Equal(t, rfcRS256Signature, EncodeSegment(signature), "RS256 is deterministic")

	assert.NoError(t, key.Verify(rfcRS256Input, unb64(rfcRS256Signature)))
	assert.ErrorIs(t, key.Verify(rfcRS256Input+"A", signature), ErrSignature, "the signature covers every byte")
	assert.ErrorIs(t, key.Verify(rfcRS256Input, flip(signature, 255)), ErrSignature, "every byte counts")
	assert.ErrorIs(t, key.Verify(rfcRS256Input, signature[1:]), ErrSignature, "the length is the key's")
	assert.ErrorIs(t, key.Verify(rfcRS256Input, nil), ErrSignature, "no signature is none")
}
