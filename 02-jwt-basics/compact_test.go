package jwtbasics

import (
	"errors"
	"strings"
	"testing"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
)

func TestSignCompact(t *testing.T) {
	type row struct {
		name            string
		needs           []string
		key             Key
		header, payload string
		want            string
		why             string
	}
	rows := []row{
		{name: "RFC 7515 appendix A.1, HS256", needs: []string{"2.3"}, key: hs256().key,
			header: "{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}", payload: string(unb64(rfcPayload)),
			want: rfcHS256Input + "." + rfcHS256MAC,
			why:  "the encoded text is signed, and its bytes stay as they are, line break and all"},
		{name: "RFC 7515 appendix A.2, RS256", key: algorithms()[1].key,
			header: `{"alg":"RS256"}`, payload: string(unb64(rfcPayload)),
			want: rfcRS256Input + "." + rfcRS256Signature, why: "the steps are the same for every algorithm"},
		{name: "RFC 8037 appendix A.4, EdDSA", key: algorithms()[3].key,
			header: `{"alg":"EdDSA"}`, payload: "Example of Ed25519 signing",
			want: rfcEdDSAInput + "." + rfcEdDSASignature, why: "a payload may be any bytes"},
	}
	exercise.Rows(t, "2.4", rows, func(t *testing.T, row row) {
		got, err := SignCompact(row.key, []byte(row.header), []byte(row.payload))
		assert.NoError(t, err)
		assert.Equal(t, row.want, got, row.why)
	})
}

// spyKey keeps what it is given to sign. Its signature is three bytes that need
// - and _ in base64url.
type spyKey struct {
	*HS256
	signed string
}

func (k *spyKey) Sign(input string) ([]byte, error) {
	k.signed = input
	return []byte("\xfb\xff\xbf"), nil
}

func TestSignCompact_signsTheTextThatIsSent(t *testing.T) {
	exercise.Needs(t, "2.4")
	key := &spyKey{}
	_, err := SignCompact(key, []byte("{}"), []byte("hi"))
	assert.NoError(t, err)
	assert.Equal(t, "e30.aGk", key.signed, "the verifier has this text, and perhaps not your spaces and member order")
}

func TestSignCompact_leavesOutPadding(t *testing.T) {
	exercise.Needs(t, "2.4")
	token, err := SignCompact(&spyKey{}, []byte("{}"), []byte("hi"))
	assert.NoError(t, err)
	assert.NotContains(t, token, "=", "padding has no place in a token (RFC 7515 section 2)")
}

func TestSignCompact_usesTheURLAlphabet(t *testing.T) {
	exercise.Needs(t, "2.4")
	token, err := SignCompact(&spyKey{}, []byte("{}"), []byte("\xfb\xff\xbf"))
	assert.NoError(t, err)
	assert.Regexp(t, `^[A-Za-z0-9_.=-]+$`, token, "+ and / mean something else in a URL (RFC 7515 section 2)")
}

// brokenKey can't sign, like a key in a device that does not answer.
type brokenKey struct{ *HS256 }

func (brokenKey) Sign(string) ([]byte, error) { return nil, errors.New("no answer") }

func TestSignCompact_withoutASignatureThereIsNoToken(t *testing.T) {
	exercise.Needs(t, "2.4")
	token, err := SignCompact(brokenKey{}, []byte(`{"alg":"HS256"}`), []byte("x"))
	assert.ErrorContains(t, err, "no answer", "the error must come through")
	assert.Empty(t, token, "half a token could be taken for an unsecured one")
}

func TestVerifyCompact(t *testing.T) {
	hs, rs, ed := algorithms()[0], algorithms()[1], algorithms()[3]
	needs := []string{"2.1", "2.2", "2.6"}
	needsHS := append(needs, "2.3", "2.5")
	genuine := hs.forger().token(`{"alg":"HS256"}`, "hello")
	header, rest, _ := strings.Cut(genuine, ".")
	mac := genuine[strings.LastIndex(genuine, "."):]
	type row struct {
		name  string
		needs []string
		key   Key
		token string
		want  string
		err   error
		why   string
	}
	rows := []row{
		{name: "RFC 7515 appendix A.1, HS256", needs: needsHS, key: hs.key, token: rfcHS256Input + "." + rfcHS256MAC,
			want: string(unb64(rfcPayload)), why: "the RFC's own token is genuine"},
		{name: "RFC 7515 appendix A.2, RS256", needs: needs, key: rs.key,
			token: rfcRS256Input + "." + rfcRS256Signature,
			want:  string(unb64(rfcPayload)), why: "the RFC's own token is genuine"},
		{name: "RFC 8037 appendix A.4, EdDSA", needs: needs, key: ed.key,
			token: rfcEdDSAInput + "." + rfcEdDSASignature,
			want:  "Example of Ed25519 signing", why: "the RFC's own token is genuine"},
		{name: "a swapped payload is refused", needs: needsHS, key: hs.key, token: header + "." + b64("hullo") + mac,
			err: ErrSignature, why: "the MAC was made for another payload"},
		{name: "a swapped header is refused", needs: needsHS, key: hs.key,
			token: b64(`{"alg":"HS256","typ":"JWT"}`) + "." + rest, err: ErrSignature,
			why: "the MAC covers the header too"},
		{name: "a header of another algorithm is refused, signature or not", needs: needsHS, key: hs.key,
			token: hs.forger().token(`{"alg":"none"}`, "hello"), err: ErrHeader, why: "the key decides, not the token"},
		{name: "a header that is not base64url is refused", needs: needsHS, key: hs.key, token: "e30=." + rest,
			err: ErrMalformed, why: "a token is written in one way only"},
		{name: "a signature that is not base64url is refused", needs: needsHS, key: hs.key, token: genuine + "=",
			err: ErrMalformed, why: "a token is written in one way only"},
		{name: "the header is looked at before the signature", needs: needsHS, key: hs.key,
			token: b64(`{"alg":"RS256"}`) + "." + rest, err: ErrHeader,
			why: "checking a signature costs time, and no key of ours writes this header"},
		{name: "the payload is not looked at before the signature", needs: needsHS, key: hs.key,
			token: header + ".!!!" + mac, err: ErrSignature, why: "nobody has checked yet who wrote these bytes"},
		{name: "a signed payload that is not base64url is refused", needs: needsHS, key: hs.key,
			token: header + ".!!!." + hs.sign(header+".!!!"), err: ErrMalformed,
			why: "the signature says who wrote it, not that it is right"},
		{name: "no signature is refused", needs: needsHS, key: hs.key, token: strings.TrimSuffix(genuine, mac) + ".",
			err: ErrMalformed, why: "that is an unsecured token"},
		{name: "a line break after the token is refused", needs: needsHS, key: hs.key, token: genuine + "\n",
			err: ErrMalformed, why: "a verifier that repairs its input takes two texts for one token"},
		{name: "the word Bearer is refused", needs: needsHS, key: hs.key, token: "Bearer " + genuine,
			err: ErrMalformed, why: "Bearer belongs to the HTTP header, and chapter 01 has cut it off already"},
		{name: "no token is refused", needs: needsHS, key: hs.key, token: "", err: ErrMalformed,
			why: "there is nothing to verify"},
	}
	exercise.Rows(t, "2.7", rows, func(t *testing.T, row row) {
		exercise.Secret(row.token)
		got, err := VerifyCompact(row.key, row.token)
		assertError(t, row.err, err, row.why)
		assertQuotesNothing(t, err, row.token)
		if row.err == nil {
			assert.Equal(t, row.want, string(got), row.why)
		}
	})
}

// TestVerifyCompact says which tokens are refused. This one says what comes with
// the error.
func TestVerifyCompact_withAnErrorNoPayloadComesBack(t *testing.T) {
	exercise.Needs(t, "2.7", "2.1", "2.2", "2.3", "2.5", "2.6")
	genuine := hs256().forger().token(`{"alg":"HS256"}`, "hello")
	forged := strings.Replace(genuine, b64("hello"), b64("admin"), 1)
	payload, err := VerifyCompact(hs256().key, forged)
	if err != nil {
		assert.Empty(t, string(payload), "nobody signed it: a caller who forgets the error would work with it")
	}
}
