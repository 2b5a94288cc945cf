package jwtbasics

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"math/big"
	"testing"

	"example.com/authbook/internal/exercise"
	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNewES256(t *testing.T) {
	for _, row := range []struct {
		name string
		key  *ecdsa.PrivateKey
		err  error
	}{
		{"P-256 is the curve of ES256", rfcECKey(), nil},
		{"P-384 belongs to ES384", must(ecdsa.GenerateKey(elliptic.P384(), rand.Reader)), ErrKey},
		{"P-224 belongs to no algorithm of JOSE", must(ecdsa.GenerateKey(elliptic.P224(), rand.Reader)), ErrKey},
		{"an empty key is refused", &ecdsa.PrivateKey{}, ErrKey},
		{"no key is refused", nil, ErrKey},
	} {
		t.Run(row.name, func(t *testing.T) {
			key, err := NewES256(row.key)
			assert.ErrorIs(t, err, row.err)
			assert.Equal(t, row.err != nil, key == nil, "a key comes back exactly when there is no error")
		})
	}
}

func TestES256_Sign(t *testing.T) {
	key := must(NewES256(rfcECKey()))
	first := must(key.Sign(rfcES256Input))
	second := must(key.Sign(rfcES256Input))
	assert.NotEqual(t, first, second, "ES256 is randomised, so a token's text can't stand for the token")
	for _, signature := range [][]byte{first, second} {
		assert.Len(t, signature, 64, "RFC 7518 section 3.4")
		assert.NoError(t, jwt.SigningMethodES256.Verify(rfcES256Input, signature, &rfcECKey().PublicKey),
			"another implementation must accept it")
	}
}

// A number with a leading zero byte comes once in 128 signatures. Its place
// has to be kept.
func TestES256_Sign_keepsLeadingZeros(t *testing.T) {
	key := must(NewES256(rfcECKey()))
	for range 2000 {
		signature := must(key.Sign(rfcES256Input))
		require.Len(t, signature, 64)
		if signature[0] == 0 || signature[es256Half] == 0 {
			assert.NoError(t, jwt.SigningMethodES256.Verify(rfcES256Input, signature, &rfcECKey().PublicKey))
			return
		}
	}
	t.Fatal("2000 signatures, and none has a half with a leading zero: are the halves in their places?")
}

func TestES256_Verify(t *testing.T) {
	signature := unb64(rfcES256Signature)
	digest := sha256.Sum256([]byte(rfcES256Input))
	asn1 := must(ecdsa.SignASN1(rand.Reader, rfcECKey(), digest[:]))
	type row struct {
		name      string
		input     string
		signature []byte
		err       error
		why       string
	}
	rows := []row{
		{name: "RFC 7515 appendix A.3", input: rfcES256Input, signature: signature, why: "the RFC's own token is genuine"},
		{name: "a half with leading zeros is accepted", input: rfcES256Input, signature: leadingZero(), why: "halves have a fixed length, so zeros are kept"},
		{name: "a changed input is refused", input: rfcES256Input + "A", signature: signature, err: ErrSignature, why: "the signature covers every byte"},
		{name: "a changed R is refused", input: rfcES256Input, signature: flip(signature, 31), err: ErrSignature, why: "every byte counts"},
		{name: "a changed S is refused", input: rfcES256Input, signature: flip(signature, 63), err: ErrSignature, why: "every byte counts"},
		{name: "the ASN.1 form is refused", input: rfcES256Input, signature: asn1, err: ErrSignature, why: "JOSE writes R and S side by side"},
		{name: "zeros are refused", input: rfcES256Input, signature: make([]byte, 64), err: ErrSignature, why: "they once passed for every message in another language"},
		{name: "an additional byte is refused", input: rfcES256Input, signature: append([]byte{0}, signature...), err: ErrSignature, why: "one token must have one spelling"},
		{name: "R alone is refused", input: rfcES256Input, signature: signature[:32], err: ErrSignature, why: "S is missing"},
		{name: "no signature is refused", input: rfcES256Input, signature: nil, err: ErrSignature, why: "it must not panic either"},
	}
	exercise.Rows(t, "2.10", rows, func(t *testing.T, row row) {
		key := must(NewES256(rfcECKey()))
		assert.ErrorIs(t, key.Verify(row.input, row.signature), row.err, row.why)
	})
}

// leadingZero returns a genuine signature of the RFC's input whose R starts
// with a zero byte.
func leadingZero() []byte {
	digest := sha256.Sum256([]byte(rfcES256Input))
	for {
		r, s := must2(ecdsa.Sign(rand.Reader, rfcECKey(), digest[:]))
		if r.BitLen() <= 248 {
			signature := make([]byte, 64)
			r.FillBytes(signature[:32])
			s.FillBytes(signature[32:])
			return signature
		}
	}
}

func must2(r, s *big.Int, err error) (*big.Int, *big.Int) {
	if err != nil {
		panic(err)
	}
	return r, s
}
