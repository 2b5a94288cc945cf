package jwtbasics

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"strings"
	"testing"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// secretOf returns a secret of the least length.
func secretOf(letter string) []byte { return bytes.Repeat([]byte(letter), MinSecretBytes) }

func TestNewKeyRing(t *testing.T) {
	for _, row := range []struct {
		name              string
		current, previous []byte
		err               error
		message           string
	}{
		{"one secret of 32 bytes is enough", secretOf("a"), nil, nil, ""},
		{"two secrets are a rotation", secretOf("a"), secretOf("b"), nil, ""},
		{"no secret is refused", nil, nil, ErrKey, "current secret: "},
		{"a secret of 31 bytes is refused", secretOf("a")[1:], nil, ErrKey, "current secret: "},
		{"a previous secret of 31 bytes is refused", secretOf("a"), secretOf("b")[1:], ErrKey, "previous secret: "},
		{"an empty previous secret is refused: leave it out", secretOf("a"), []byte{}, ErrKey, "previous secret: "},
		{"twice the same secret is refused: it rotates nothing", secretOf("a"), secretOf("a"), ErrKey, "the same"},
	} {
		t.Run(row.name, func(t *testing.T) {
			ring, err := NewKeyRing(row.current, row.previous)
			assert.ErrorIs(t, err, row.err)
			assert.Equal(t, row.err != nil, ring == nil, "a ring comes back exactly when there is no error")
			if err != nil {
				assert.ErrorContains(t, err, row.message, "the operator must know which one")
				assert.NotContains(t, err.Error(), "aaa", "the message goes to a log")
				assert.NotContains(t, err.Error(), "bbb", "the message goes to a log")
			}
		})
	}
}

// hkdf32 is HKDF-SHA256 for 32 bytes or fewer, as RFC 5869 section 2 says it:
// an independent way to the same keys.
func hkdf32(secret []byte, info string, length int) []byte {
	extract := hmac.New(sha256.New, make([]byte, sha256.Size))
	extract.Write(secret)
	expand := hmac.New(sha256.New, extract.Sum(nil))
	expand.Write([]byte(info + "\x01"))
	return expand.Sum(nil)[:length]
}

func TestNewKeyRing_derivesAKeyPerPurpose(t *testing.T) {
	keys := must(NewKeyRing(secretOf("a"), nil)).keys[0]
	assert.Equal(t, hkdf32(secretOf("a"), "authbook/access/v1", 32), keys.access())
	assert.Equal(t, hkdf32(secretOf("a"), "authbook/refresh/v1", 32), keys.refresh.secret())
	kid := EncodeSegment(hkdf32(secretOf("a"), "authbook/kid/v1", 8))
	assert.Equal(t, `{"alg":"HS256","kid":"`+kid+`","typ":"at+jwt"}`, string(unb64(keys.header)))
	assert.NotEqual(t, keys.access(), keys.refresh.secret(), "an access token must never pass for a refresh token")
}

func TestKeyRing_VerifyRefreshMAC(t *testing.T) {
	message := []byte("rt1\x00session.0")
	before := must(NewKeyRing(secretOf("a"), nil))
	rotated := must(NewKeyRing(secretOf("b"), secretOf("a")))
	dropped := must(NewKeyRing(secretOf("b"), nil))
	type row struct {
		name    string
		needs   []string
		ring    *KeyRing
		message []byte
		mac     func() []byte
		want    bool
		why     string
	}
	needs := []string{"2.3"}
	rows := []row{
		{name: "its own MAC is accepted", needs: needs, ring: before, message: message,
			mac:  func() []byte { return before.RefreshMAC(message) },
			want: true, why: "this is the usual case"},
		{name: "the previous secret's MAC is accepted", needs: needs, ring: rotated, message: message,
			mac:  func() []byte { return before.RefreshMAC(message) },
			want: true, why: "a rotation logs nobody out"},
		{name: "the current secret makes new MACs", needs: needs, ring: dropped, message: message,
			mac:  func() []byte { return rotated.RefreshMAC(message) },
			want: true, why: "the previous secret only verifies"},
		{name: "a dropped secret's MAC is refused", needs: needs, ring: dropped, message: message,
			mac:  func() []byte { return before.RefreshMAC(message) },
			want: false, why: "after a leak it must be worthless"},
		{name: "a MAC of another message is refused", needs: needs, ring: before, message: []byte("rt1\x00session.1"),
			mac:  func() []byte { return before.RefreshMAC(message) },
			want: false, why: "the generation is what it protects"},
		{name: "a shorter MAC is refused", needs: needs, ring: before, message: message,
			mac:  func() []byte { return before.RefreshMAC(message)[:31] },
			want: false, why: "every byte counts"},
		{name: "no MAC is refused", needs: needs, ring: before, message: message,
			mac:  func() []byte { return nil },
			want: false, why: "nothing proves nothing"},
		{name: "an access token's MAC of the same bytes is refused", needs: needs, ring: before, message: message,
			mac:  func() []byte { return unb64(ringForger(before.keys[0]).sign(string(message))) },
			want: false, why: "each purpose has its key"},
	}
	exercise.Rows(t, "2.5", rows, func(t *testing.T, row row) {
		mac := row.mac()
		assert.Equal(t, row.want, row.ring.VerifyRefreshMAC(row.message, mac), row.why)
	})
}

func TestKeyRing_RefreshMAC(t *testing.T) {
	exercise.Needs(t, "2.3")
	ring := must(NewKeyRing(secretOf("a"), secretOf("b")))
	mac := hmac.New(sha256.New, hkdf32(secretOf("a"), "authbook/refresh/v1", 32))
	mac.Write([]byte("message"))
	require.Equal(t, mac.Sum(nil), ring.RefreshMAC([]byte("message")), "HMAC-SHA-256 under the refresh key")
}

// A refresh token has three segments as well, behind its rt1.
func TestKeyRing_refreshTokenIsNoAccessToken(t *testing.T) {
	exercise.Needs(t, "2.3", "2.1", "2.2")
	ring := must(NewKeyRing(secretOf("a"), nil))
	token := "rt1.session.0." + EncodeSegment(ring.RefreshMAC([]byte("rt1\x00session.0")))
	verifier := must(NewVerifier(ring, testPolicy))
	assert.Error(t, check(verifier.Verify, token), "a refresh token is good for /refresh alone")
	assert.Error(t, check(verifier.Verify, strings.TrimPrefix(token, "rt1.")), "not with three segments either")
}
