package jwtbasics

//lint:file-ignore SA1019 TestNewES256 puts keys together by hand, as a careless caller may

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"math/big"
	"slices"
	"testing"

	"example.com/authbook/internal/exercise"
	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNewES256(t *testing.T) {
	d, public := bigInt(rfcECPrivate), rfcECKey().PublicKey
	order := elliptic.P256().Params().N
	offCurve := ecdsa.PublicKey{Curve: elliptic.P256(), X: big.NewInt(1), Y: big.NewInt(1)}
	other := must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader)).PublicKey
	pair := func(public ecdsa.PublicKey, d *big.Int) *ecdsa.PrivateKey {
		return &ecdsa.PrivateKey{PublicKey: public, D: d}
	}
	for _, row := range []struct {
		name string
		key  *ecdsa.PrivateKey
		err  error
	}{
		{"P-256 is the curve of ES256", rfcECKey(), nil},
		{"P-384 belongs to ES384", must(ecdsa.GenerateKey(elliptic.P384(), rand.Reader)), ErrKey},
		{"P-224 belongs to no algorithm of JOSE", must(ecdsa.GenerateKey(elliptic.P224(), rand.Reader)), ErrKey},
		{"a point off the curve is refused", pair(offCurve, d), ErrKey},
		{"the public half of another key is refused", pair(other, d), ErrKey},
		{"no public half is refused", pair(ecdsa.PublicKey{Curve: elliptic.P256()}, d), ErrKey},
		{"no private half is refused", pair(public, nil), ErrKey},
		{"zero as the private half is refused", pair(public, new(big.Int)), ErrKey},
		{"a negative private half is refused", pair(public, new(big.Int).Neg(d)), ErrKey},
		{"a private half beyond the order of the curve is refused", pair(public, new(big.Int).Add(d, order)), ErrKey},
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
	assert.NotEqual(t, first, second, "ES256 is randomised, so a list of tokens' texts misses the next one")
	for _, signature := range [][]byte{first, second} {
		assert.Len(t, signature, 64, "RFC 7518 section 3.4")
		assert.NoError(t, jwt.SigningMethodES256.Verify(rfcES256Input, signature, &rfcECKey().PublicKey),
			"another implementation must accept it")
	}
}

func TestSideBySide_keepsLeadingZeros(t *testing.T) {
	want := make([]byte, 64)
	want[31], want[63] = 1, 2
	assert.Equal(t, want, sideBySide(big.NewInt(1), big.NewInt(2)), "each half has 32 bytes, whatever its number")
}

// shortR is a signature of the RFC's input under its key whose R begins with a
// zero byte.
const shortR = "AHiROaLHWwMIP-XUXtj295UaAQpYV1yJABSVThoCoF9oZL3B5inY0KIVtYWbxkJ_Z0UL8gr9mlytdZPPDesjWA"

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
		{name: "RFC 7515 appendix A.3", input: rfcES256Input, signature: signature,
			why: "the RFC's own token is genuine"},
		{name: "a half with leading zeros is accepted", input: rfcES256Input, signature: unb64(shortR),
			why: "halves have a fixed length, so zeros are kept"},
		{name: "a changed input is refused", input: rfcES256Input + "A", signature: signature, err: ErrSignature,
			why: "the signature covers every byte"},
		{name: "a changed R is refused", input: rfcES256Input, signature: flip(signature, 31), err: ErrSignature,
			why: "every byte counts"},
		{name: "a changed S is refused", input: rfcES256Input, signature: flip(signature, 63), err: ErrSignature,
			why: "every byte counts"},
		{name: "the ASN.1 form is refused", input: rfcES256Input, signature: asn1, err: ErrSignature,
			why: "JOSE writes R and S side by side"},
		{name: "zeros are refused", input: rfcES256Input, signature: make([]byte, 64), err: ErrSignature,
			why: "another language once accepted them for every message"},
		{name: "a zero before S is refused", input: rfcES256Input,
			signature: slices.Insert(bytes.Clone(signature), 32, 0), err: ErrSignature,
			why: "it is the same number, written in another way"},
		{name: "a byte behind S is refused", input: rfcES256Input, signature: append(bytes.Clone(signature), 0),
			err: ErrSignature, why: "a list of refused tokens would not know this spelling"},
		{name: "no signature is refused", input: rfcES256Input, signature: nil, err: ErrSignature,
			why: "it must not panic either"},
	}
	exercise.Rows(t, "2.10", rows, func(t *testing.T, row row) {
		key := must(NewES256(rfcECKey()))
		assertError(t, row.err, key.Verify(row.input, row.signature), row.why)
	})
}

// RFC 7515 appendix A.3, the whole way.
func TestES256_Verify_inACompactToken(t *testing.T) {
	exercise.Needs(t, "2.10", "2.1", "2.2", "2.6", "2.7")
	payload, err := VerifyCompact(must(NewES256(rfcECKey())), rfcES256Input+"."+rfcES256Signature)
	require.NoError(t, err)
	assert.Equal(t, unb64(rfcPayload), payload)
}
