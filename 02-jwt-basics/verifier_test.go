package jwtbasics

import (
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSigner_Sign(t *testing.T) {
	ring := must(NewKeyRing(secretOf("a"), nil))
	token, err := NewSigner(ring).Sign(validClaims())
	require.NoError(t, err)
	header, rest, _ := strings.Cut(token, ".")
	payload, _, _ := strings.Cut(rest, ".")
	assert.Regexp(t, `^\{"alg":"HS256","kid":"[A-Za-z0-9_-]{11}","typ":"at\+jwt"\}$`, string(unb64(header)),
		"the gate compares these bytes")
	assert.Equal(t, payloadOf(validClaims()), string(unb64(payload)))

	// golang-jwt writes the same header and accepts the token.
	theirs := jwt.New(jwt.SigningMethodHS256)
	theirs.Header["typ"] = "at+jwt"
	theirs.Header["kid"] = EncodeSegment(hkdf32(secretOf("a"), "authbook/kid/v1", 8))
	assert.True(t, strings.HasPrefix(must(theirs.SigningString()), header+"."), "the member order is golang-jwt's")
	keyfunc := func(*jwt.Token) (any, error) { return ring.keys[0].access(), nil }
	_, err = jwt.Parse(token, keyfunc, jwt.WithoutClaimsValidation())
	assert.NoError(t, err, "another implementation must accept the MAC")
}

func TestVerifier_readsWhatTheSignerWrites(t *testing.T) {
	exercise.Needs(t, "2.2", "2.1")
	synctest.Test(t, func(t *testing.T) {
		ring := must(NewKeyRing(secretOf("a"), nil))
		want := with(func(c *Claims) { c.Subject = strings.Repeat("ü", 900) })
		token := must(NewSigner(ring).Sign(want))
		require.LessOrEqual(t, len(token), MaxTokenBytes)
		got, err := must(NewVerifier(ring, testPolicy)).Verify(token)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	})
}

// The life of a token: valid to the last nanosecond, expired from the next.
func TestVerifier_expiresToTheNanosecond(t *testing.T) {
	exercise.Needs(t, "2.2", "2.1")
	synctest.Test(t, func(t *testing.T) {
		ring := must(NewKeyRing(secretOf("a"), nil))
		verifier := must(NewVerifier(ring, testPolicy))
		token := must(NewSigner(ring).Sign(validClaims()))

		time.Sleep(testPolicy.TTL + Leeway - time.Nanosecond)
		_, err := verifier.Verify(token)
		assert.NoError(t, err, "the leeway is not over")

		time.Sleep(time.Nanosecond)
		claims, err := verifier.Verify(token)
		assert.ErrorIs(t, err, ErrExpired, "the leeway is over")
		assert.Zero(t, claims, "nobody may use the claims of a refused token")

		time.Sleep(24 * time.Hour)
		claims, err = verifier.VerifyIgnoringExpiry(token)
		assert.NoError(t, err, "an old token can still log out")
		assert.Equal(t, validClaims(), claims)
	})
}

// The three deploys of a rotation, with a server of each neighbouring step
// running at once: nobody gets a 401.
func TestVerifier_rotation(t *testing.T) {
	exercise.Needs(t, "2.2", "2.1")
	synctest.Test(t, func(t *testing.T) {
		steps := []*KeyRing{
			must(NewKeyRing(secretOf("a"), nil)),
			must(NewKeyRing(secretOf("a"), secretOf("b"))), // 1: everybody learns to read b
			must(NewKeyRing(secretOf("b"), secretOf("a"))), // 2: b signs
			must(NewKeyRing(secretOf("b"), nil)),           // 3: a is forgotten
		}
		accepts := func(verifier, signer int) error {
			token := must(NewSigner(steps[signer]).Sign(validClaims()))
			return check(must(NewVerifier(steps[verifier], testPolicy)).Verify, token)
		}
		for step := range len(steps) - 1 {
			assert.NoError(t, accepts(step, step+1), "step %d reads what step %d signs", step, step+1)
			assert.NoError(t, accepts(step+1, step), "step %d reads what step %d signs", step+1, step)
		}
		assert.ErrorIs(t, accepts(0, 2), ErrHeader, "an unknown kid: that is why there are three steps")
		assert.ErrorIs(t, accepts(3, 0), ErrHeader, "a dropped secret is worthless")
	})
}

func TestVerifier_holdsAKeyToItsKid(t *testing.T) {
	exercise.Needs(t, "2.2", "2.1")
	synctest.Test(t, func(t *testing.T) {
		ring := must(NewKeyRing(secretOf("a"), secretOf("b")))
		forge := ringForger(ring.keys[1])
		forge.header = string(unb64(ring.keys[0].header))
		assert.ErrorIs(t, check(must(NewVerifier(ring, testPolicy)).Verify, forge.claims(validClaims())), ErrSignature,
			"the previous key under the current kid")
	})
}

// The cost of a token is bounded whatever its size: a limit that comes after the
// first look at the text comes too late.
func TestVerifier_boundsItsWork(t *testing.T) {
	type row struct {
		name  string
		needs []string
		token string
	}
	ring := must(NewKeyRing(secretOf("a"), nil))
	verifier := must(NewVerifier(ring, testPolicy))
	genuine := must(NewSigner(ring).Sign(claimsAt(time.Now())))
	needs := []string{"2.1"}
	rows := []row{
		{"a genuine token", needs, genuine},
		{"10 MB of dots", needs, strings.Repeat(".", 10<<20)},
		{"10 MB behind a genuine token", needs, genuine + strings.Repeat("A", 10<<20)},
		{"4 KiB of segments", needs, strings.Repeat("A.", MaxTokenBytes/2)},
	}
	exercise.Rows(t, "2.2", rows, func(t *testing.T, row row) {
		verify := func() { _ = check(verifier.Verify, row.token) }
		assert.LessOrEqual(t, testing.AllocsPerRun(10, verify), 30.0,
			"allocations for one token: anybody can send it, without a password")
		assert.LessOrEqual(t, allocatedBytes(verify), 64<<10,
			"bytes of memory for one token: anybody can send it, without a password")
	})
}

// allocatedBytes returns how much memory f asks for.
func allocatedBytes(f func()) int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return int(after.TotalAlloc - before.TotalAlloc)
}
