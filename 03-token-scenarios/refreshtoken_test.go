package tokens

import (
	"crypto/rand"
	"encoding/base64"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const testSessionID = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

func TestRefreshToken_comesBackAsItWentOut(t *testing.T) {
	mac := standInMAC{refreshKey}
	for _, want := range []refreshToken{{testSessionID, 0}, {rand.Text(), 7}, {rand.Text(), math.MaxInt64}} {
		got, err := unseal(mac, want.seal(mac))
		require.NoError(t, err, "a token of this server must be accepted")
		assert.Equal(t, want, got)
	}
}

func TestRefreshToken_message(t *testing.T) {
	assert.Equal(t, "rt1\x00"+testSessionID+"\x0042", string(refreshToken{testSessionID, 42}.message()),
		"a change of this text logs everybody out")
}

func TestUnseal_refuses(t *testing.T) {
	mac := standInMAC{refreshKey}
	good := refreshToken{testSessionID, 1}.seal(mac)
	other := refreshToken{testSessionID, 2}.seal(mac)
	seal := func(generation string) string { // with a MAC that fits the odd spelling
		tag := mac.RefreshMAC([]byte("rt1\x00" + testSessionID + "\x00" + generation))
		return "rt1." + testSessionID + "." + generation + "." + base64.RawURLEncoding.EncodeToString(tag)
	}
	rows := []struct{ name, token string }{
		{"nothing", ""},
		{"three parts", strings.TrimPrefix(good, "rt1.")},
		{"five parts", good + ".x"},
		{"another version", "rt2" + good[3:]},
		{"a version in capitals", "RT1" + good[3:]},
		{"an id in small letters", strings.Replace(good, testSessionID, strings.ToLower(testSessionID), 1)},
		{"an id with a character outside base32", strings.Replace(good, "ABC", "AB1", 1)},
		{"a short id", strings.Replace(good, "ABC", "AB", 1)},
		{"a long id", strings.Replace(good, "ABC", "AABC", 1)},
		{"another id", strings.Replace(good, "ABC", "ABB", 1)},
		{"another generation", strings.Replace(good, ".1.", ".2.", 1)},
		{"a leading zero", seal("01")},
		{"a leading zero before the generation that was sealed", strings.Replace(good, ".1.", ".01.", 1)},
		{"a sign before it", strings.Replace(good, ".1.", ".+1.", 1)},
		{"a sign", seal("+1")},
		{"a negative generation", seal("-1")},
		{"a generation above 2⁶³-1", seal("9223372036854775808")},
		{"a generation of twenty digits", seal("10000000000000000000")},
		{"no generation", seal("")},
		{"the MAC of another token", good[:len(good)-43] + lastPart(other)},
		{"a MAC that is cut", good[:len(good)-1]},
		{"padding", good + "="},
		{"spare bits set in the last character", good[:len(good)-1] + nextInAlphabet(good[len(good)-1])},
		{"a newline at the end", good + "\n"},
		{"a newline in the MAC", good[:len(good)-2] + "\n" + good[len(good)-1:]},
		{"a space in front", " " + good},
		{"another key's MAC", refreshToken{testSessionID, 1}.seal(standInMAC{accessKey})},
		{"bytes that are no text", "rt1.\xff\xfe." + good},
		{"a megabyte", strings.Repeat("rt1.", 1<<18)},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			_, err := unseal(mac, row.token)
			require.ErrorIs(t, err, ErrInvalid, "a second spelling of a token is a token nobody issued")
			if len(row.token) > 10 {
				assert.NotContains(t, err.Error(), row.token[4:], "errors go to the log, tokens must not")
			}
		})
	}
}

func TestUnseal_takesTheKeyBefore(t *testing.T) {
	const next = "the key after the next deployment"
	token := refreshToken{testSessionID, 3}.seal(standInMAC{refreshKey})
	_, err := unseal(standInMAC{next, refreshKey}, token)
	require.NoError(t, err, "a change of key must not log anybody out")
	_, err = unseal(standInMAC{next}, token)
	require.ErrorIs(t, err, ErrInvalid, "and a key that is gone is gone")
}

// FuzzUnseal: whatever is accepted has the one spelling that seal gives it.
func FuzzUnseal(f *testing.F) {
	mac := standInMAC{refreshKey}
	f.Add(refreshToken{testSessionID, 0}.seal(mac))
	f.Add(refreshToken{testSessionID, 12}.seal(mac) + "\n")
	f.Add("rt1...")
	f.Fuzz(func(t *testing.T, token string) {
		got, err := unseal(mac, token)
		if err == nil && got.seal(mac) != token {
			t.Fatalf("expected one spelling per token, got %q beside %q", token, got.seal(mac))
		}
	})
}

func lastPart(token string) string { return token[strings.LastIndexByte(token, '.')+1:] }

// nextInAlphabet is the base64url character that differs in its lowest bit.
func nextInAlphabet(c byte) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	return string(alphabet[strings.IndexByte(alphabet, c)^1])
}
