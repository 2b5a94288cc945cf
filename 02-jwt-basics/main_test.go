package jwtbasics

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rsa"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"sync"
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
)

func TestMain(m *testing.M) { exercise.Main(m) }

// The keys and tokens of RFC 7515 appendix A and RFC 8037 appendix A. They are
// the keys of all tests here: everybody can check them, and none is secret.
const (
	rfcPayload = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"

	// RFC 7515 appendix A.1
	rfcHS256Secret = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
	rfcHS256Input  = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9." + rfcPayload
	rfcHS256MAC    = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

	// RFC 7515 appendix A.2
	rfcRSAModulus = "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4Ql" +
		"L-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXB" +
		"dQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8" +
		"q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"
	rfcRSAPrivate = "Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7YwVol2NXOoAJe" +
		"46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn439X0M_V51gfpRLI9JYanrC4D4" +
		"qAdGcopV_0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGUl_x_jTj3ccPDVZFD9pIuhLhBOneufuBiB4cS9" +
		"8l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ"
	rfcRSAPrimeP = "4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw_Py5PJdTJ" +
		"NPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc"
	rfcRSAPrimeQ = "uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7TjeLQeZD_Yw" +
		"D66t62wDmpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc"
	rfcRS256Input     = "eyJhbGciOiJSUzI1NiJ9." + rfcPayload
	rfcRS256Signature = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5" +
		"jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0Gar" +
		"ZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rq" +
		"Vt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"

	// RFC 7515 appendix A.3
	rfcECPrivate      = "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"
	rfcES256Input     = "eyJhbGciOiJFUzI1NiJ9." + rfcPayload
	rfcES256Signature = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"

	// RFC 8037 appendix A.1 and A.4
	rfcEdSeed         = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
	rfcEdDSAInput     = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
	rfcEdDSASignature = "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
)

// unb64 decodes with the standard library: the tests don't lean on the code
// they test.
func unb64(segment string) []byte {
	data, err := base64.RawURLEncoding.DecodeString(segment)
	if err != nil {
		panic(err)
	}
	return data
}

func b64(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }

func bigInt(segment string) *big.Int { return new(big.Int).SetBytes(unb64(segment)) }

// must returns v. It is for what can only fail if the constants above are
// wrong.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// assertError fails unless got is, or wraps, want; nil wants no error.
func assertError(t *testing.T, want, got error, why string) {
	t.Helper()
	switch {
	case errors.Is(got, want): // nil is nil
	case want == nil:
		assert.Fail(t, fmt.Sprintf("expected no error, got %q", got), why)
	case got == nil:
		assert.Fail(t, fmt.Sprintf("expected an error that is %q, got none: it was accepted", want), why)
	default:
		assert.Fail(t, fmt.Sprintf("expected an error that is %q, got %q", want, got), why)
	}
}

// assertQuotesNothing fails for an error that repeats what a stranger sent. Where
// the verdict is wrong already, that says enough.
func assertQuotesNothing(t *testing.T, err error, sent string) {
	t.Helper()
	if err != nil && !t.Failed() && len(sent) > len("a.b.c") {
		assert.NotContains(t, strings.ReplaceAll(err.Error(), `\"`, `"`), sent,
			"the error repeats what a stranger sent, and errors end up in a log: a token there lets its readers in")
	}
}

func rfcRSAKey() *rsa.PrivateKey {
	key := &rsa.PrivateKey{
		PublicKey: rsa.PublicKey{N: bigInt(rfcRSAModulus), E: 65537},
		D:         bigInt(rfcRSAPrivate),
		Primes:    []*big.Int{bigInt(rfcRSAPrimeP), bigInt(rfcRSAPrimeQ)},
	}
	key.Precompute()
	return key
}

func rfcECKey() *ecdsa.PrivateKey {
	return must(ecdsa.ParseRawPrivateKey(elliptic.P256(), unb64(rfcECPrivate)))
}

func rfcEdKey() ed25519.PrivateKey { return ed25519.NewKeyFromSeed(unb64(rfcEdSeed)) }

// algorithm is one of the four with its RFC key and golang-jwt's signer, the
// tool with which tests forge tokens.
type algorithm struct {
	key    Key
	method jwt.SigningMethod
}

// algorithms makes the keys once: checking an RSA key takes milliseconds.
var algorithms = sync.OnceValue(func() []algorithm {
	return []algorithm{
		{must(NewHS256(unb64(rfcHS256Secret))), jwt.SigningMethodHS256},
		{must(NewRS256(rfcRSAKey())), jwt.SigningMethodRS256},
		{must(NewES256(rfcECKey())), jwt.SigningMethodES256},
		{must(NewEdDSA(rfcEdKey())), jwt.SigningMethodEdDSA},
	}
})

func hs256() algorithm { return algorithms()[0] }

// sign returns the signature of the algorithm over input.
func (a algorithm) sign(input string) string {
	private, _ := a.key.forLibrary()
	return base64.RawURLEncoding.EncodeToString(must(a.method.Sign(input, private)))
}

// forger returns a forger of the codecs' tokens with this algorithm.
func (a algorithm) forger() forger {
	alg := a.key.Alg()
	return forger{alg: alg, header: `{"alg":"` + alg + `","typ":"JWT"}`, sign: a.sign}
}

// testPolicy is what every test asks of the claims. Nobody changes it.
var testPolicy = Policy{Issuer: "https://auth.example", Audience: "authbook", TTL: 15 * time.Minute}

// bubbleStart is the time at which every bubble of testing/synctest begins.
func bubbleStart() time.Time { return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC) }

// validClaims are valid inside a bubble, for the whole TTL.
func validClaims() Claims { return claimsAt(bubbleStart()) }

func claimsAt(now time.Time) Claims {
	return Claims{
		Issuer:    testPolicy.Issuer,
		Audience:  testPolicy.Audience,
		Subject:   "user-1",
		SessionID: "session-1",
		TokenID:   "token-1",
		IssuedAt:  now,
		ExpiresAt: now.Add(testPolicy.TTL),
	}
}

// with returns validClaims after change.
func with(change func(c *Claims)) Claims {
	c := validClaims()
	change(&c)
	return c
}

// payloadOf returns the claims as they are in a token.
func payloadOf(c Claims) string { return string(c.appendJSON(nil)) }
