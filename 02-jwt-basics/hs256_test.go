package jwtbasics

import (
	"bytes"
	"strings"
	"testing"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNewHS256(t *testing.T) {
	for _, row := range []struct {
		name   string
		secret []byte
		err    error
	}{
		{"32 bytes are enough", bytes.Repeat([]byte("k"), 32), nil},
		{"31 bytes are too few: a guess is tried offline", bytes.Repeat([]byte("k"), 31), ErrKey},
		{"an empty secret is refused: anybody could sign with it", []byte{}, ErrKey},
		{"no secret is refused: anybody could sign with it", nil, ErrKey},
	} {
		t.Run(row.name, func(t *testing.T) {
			key, err := NewHS256(row.secret)
			assert.ErrorIs(t, err, row.err)
			assert.Equal(t, row.err != nil, key == nil, "a key comes back exactly when there is no error")
		})
	}
}

func TestNewHS256_copiesTheSecret(t *testing.T) {
	material := secretOf("a")
	key := must(NewHS256(material))
	clear(material)
	assert.Equal(t, secretOf("a"), key.secret(), "a caller that wipes its copy must not wipe the key")
}

func TestNewHS256_doesNotQuoteTheSecret(t *testing.T) {
	_, err := NewHS256([]byte("hunter2"))
	require.Error(t, err)
	assert.NotContains(t, err.Error(), "hunter2", "the message goes to a log")
}

func TestHS256_Sign(t *testing.T) {
	type row struct {
		name   string
		secret string // base64url
		input  string
		want   string // base64url
		why    string
	}
	rows := []row{
		{name: "RFC 7515 appendix A.1", secret: rfcHS256Secret, input: rfcHS256Input, want: rfcHS256MAC,
			why: "the RFC gives key, input and result"},
		{name: "another secret gives another MAC", secret: b64(strings.Repeat("k", 32)), input: rfcHS256Input,
			want: "bvCdu1_IyfyRvW0KfE66LYIEGRS-q3AKUTKSuC6x2Ko", why: "otherwise the secret would not matter"},
		{name: "an empty input has a MAC too", secret: b64(strings.Repeat("k", 32)), input: "",
			want: "pK2ONA4yvx2RYAXLHcknlRSIl5ZeNq5WwK3DV0dLU3I", why: "every text has exactly one MAC under a key"},
	}
	exercise.Rows(t, "2.3", rows, func(t *testing.T, row row) {
		got, err := must(NewHS256(unb64(row.secret))).Sign(row.input)
		require.NoError(t, err)
		assert.Equal(t, row.want, EncodeSegment(got), row.why)
	})
}

func TestHS256_Verify(t *testing.T) {
	mac := unb64(rfcHS256MAC)
	type row struct {
		name  string
		needs []string
		input string
		mac   []byte
		err   error
		why   string
	}
	needs := []string{"2.3"}
	rows := []row{
		{name: "RFC 7515 appendix A.1", needs: needs, input: rfcHS256Input, mac: mac,
			why: "the RFC's own token is genuine"},
		{name: "a changed input is refused", needs: needs, input: rfcHS256Input + "A", mac: mac, err: ErrSignature,
			why: "the MAC covers every byte"},
		{name: "a wrong first byte is refused", needs: needs, input: rfcHS256Input, mac: flip(mac, 0),
			err: ErrSignature, why: "every byte counts"},
		{name: "a wrong last byte is refused", needs: needs, input: rfcHS256Input, mac: flip(mac, 31),
			err: ErrSignature, why: "every byte counts"},
		{name: "the first half of the MAC is refused", needs: needs, input: rfcHS256Input, mac: mac[:16],
			err: ErrSignature, why: "half a MAC is half the work to guess"},
		{name: "one byte of the MAC is refused", needs: needs, input: rfcHS256Input, mac: mac[:1], err: ErrSignature,
			why: "it is guessed in 256 tries"},
		{name: "no MAC is refused", needs: needs, input: rfcHS256Input, mac: nil, err: ErrSignature,
			why: "comparing nothing finds no difference"},
		{name: "a MAC with a byte more is refused", needs: needs, input: rfcHS256Input,
			mac: append(bytes.Clone(mac), 0), err: ErrSignature, why: "a token is written in one way only"},
		{name: "zeros are refused", needs: needs, input: rfcHS256Input, mac: make([]byte, 32), err: ErrSignature,
			why: "the length alone proves nothing"},
	}
	exercise.Rows(t, "2.5", rows, func(t *testing.T, row row) {
		key := must(NewHS256(unb64(rfcHS256Secret)))
		assertError(t, row.err, key.Verify(row.input, row.mac), row.why)
	})
}

func TestHS256_Verify_comparesInConstantTime(t *testing.T) {
	exercise.Needs(t, "2.5")
	exercise.ConstantTime(t, "hs256.go")
}

// flip returns a copy with the lowest bit of byte i changed.
func flip(data []byte, i int) []byte {
	data = bytes.Clone(data)
	data[i] ^= 1
	return data
}
