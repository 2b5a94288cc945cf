package jwtbasics

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"slices"
	"strings"

	"github.com/golang-jwt/jwt/v5"
)

// formRows are about the text of a token, before anything in it is used.
func formRows() []suiteRow {
	return []suiteRow{
		accepted("a token of its own shape is accepted", valid),
		accepted("members in another order and white space are accepted", func(f forger) string {
			c := validClaims()
			c.NotBefore = c.IssuedAt
			members := strings.Split(strings.Trim(payloadOf(c), "{}"), ",")
			slices.Reverse(members)
			return f.payload("{ " + strings.Join(members, ",\n\t") + " }")
		}),
		accepted("text of any script is accepted", changed(func(c *Claims) { c.Subject = "진호 <&> 😀" })),
		refused("nothing is refused", ErrMalformed, func(forger) string { return "" }),
		refused("dots are refused", ErrMalformed, func(forger) string { return ".." }),
		refused("two segments are refused", ErrMalformed, func(f forger) string { return cutSignature(valid(f)) }),
		refused("a fourth segment is refused", ErrMalformed, func(f forger) string { return valid(f) + ".e30" }),
		refused("a dot at the end is refused", ErrMalformed, func(f forger) string { return valid(f) + "." }),
		refused("padding is refused", ErrMalformed, func(f forger) string { return valid(f) + "=" }),
		refused("a space before is refused", ErrMalformed, func(f forger) string {
			return " " + valid(f)
		}).byGate(ErrHeader),
		refused("the scheme Bearer is refused", ErrMalformed, func(f forger) string {
			return "Bearer " + valid(f)
		}).byGate(ErrHeader),
		refused("a space after is refused", ErrMalformed, func(f forger) string { return valid(f) + " " }),
		refused("stray bits in the signature are refused", ErrMalformed, func(f forger) string {
			return strayBits(valid(f))
		}),
		refused("a payload that is no JSON is refused", ErrMalformed, signed("hello")),
		refused("a payload that is an array is refused", ErrMalformed, signed("[]")),
		refused("a payload that is null is refused", ErrMalformed, signed("null")).byLibrary(ErrClaims),
		refused("a second object in the payload is refused", ErrMalformed, edited("}", "}{}")),
		refused("a raw control character in a claim is refused", ErrMalformed, edited("user-1", "user\x00-1")),
	}
}

// headerRows are about what the header says.
func headerRows() []suiteRow {
	return []suiteRow{
		header("HS512 with the same secret is refused", func(f forger) string {
			return signedBy(jwt.SigningMethodHS512, unb64(rfcHS256Secret), replaceOnce(f.header, "HS256", "HS512"))
		}).only("HS256"),
		header("alg none with a signature is refused", algNamed("none")),
		header("alg None is refused", algNamed("None")).byLibrary(ErrHeader),
		refused("alg none without a signature is refused", ErrMalformed, func(f forger) string {
			return b64(replaceOnce(f.header, f.alg, "none")) + "." + b64(payloadOf(validClaims())) + "."
		}).byLibrary(ErrSignature),
		header("an unknown alg is refused", algNamed("XX256")).byLibrary(ErrHeader),
		header("alg in small letters is refused", func(f forger) string {
			return f.headed(f.alg, strings.ToLower(f.alg))
		}).byLibrary(ErrHeader),
		header("no alg is refused", headed(`"alg"`, `"typ2"`)).byLibrary(ErrHeader),
		header("ALG for alg is refused", headed(`"alg"`, `"ALG"`)).byLibrary(ErrHeader),
		header("an empty header is refused", func(f forger) string {
			return f.token("{}", payloadOf(validClaims()))
		}).byLibrary(ErrHeader),
		refused("a header that is no JSON is refused", ErrMalformed, func(f forger) string {
			return f.token("hello", payloadOf(validClaims()))
		}).byGate(ErrHeader),
		refused("text after the header is refused", ErrMalformed, func(f forger) string {
			return f.token(f.header+"{}", payloadOf(validClaims()))
		}).byGate(ErrHeader),
		refused("an alg that is a number is refused", ErrMalformed, func(f forger) string {
			return f.headed(`"`+f.alg+`"`, "256")
		}).byLibrary(ErrHeader).byGate(ErrHeader),
		header("RS512 with the same key is refused", func(f forger) string {
			return signedBy(jwt.SigningMethodRS512, rfcRSAKey(), replaceOnce(f.header, "RS256", "RS512"))
		}).only("RS256"),
		header("PS256 with the same key is refused", func(f forger) string {
			return signedBy(jwt.SigningMethodPS256, rfcRSAKey(), replaceOnce(f.header, "RS256", "PS256"))
		}).only("RS256"),
		header("HS256 with the public RSA key in PEM as secret is refused", func(f forger) string {
			return signedBy(jwt.SigningMethodHS256, publicPEM(rfcRSAKey().Public()),
				replaceOnce(f.header, "RS256", "HS256"))
		}).only("RS256"),
		header("HS256 with the public EC key in PEM as secret is refused", func(f forger) string {
			return signedBy(jwt.SigningMethodHS256, publicPEM(rfcECKey().Public()),
				replaceOnce(f.header, "ES256", "HS256"))
		}).only("ES256"),
		header("HS256 with the public Ed25519 key as secret is refused", func(f forger) string {
			return signedBy(jwt.SigningMethodHS256, []byte(rfcEdKey().Public().(ed25519.PublicKey)),
				replaceOnce(f.header, "EdDSA", "HS256"))
		}).only("EdDSA"),
	}
}

// signatureRows are about the signature alone.
func signatureRows() []suiteRow {
	// another returns the codec's input with a signature that sign makes.
	another := func(f forger, sign func(input string) []byte) string {
		input := cutSignature(valid(f))
		return input + "." + b64(string(sign(input)))
	}
	return []suiteRow{
		refused("the signature of another payload is refused", ErrSignature, func(f forger) string {
			other := f.claims(with(func(c *Claims) { c.Subject = "admin" }))
			return cutSignature(other) + valid(f)[strings.LastIndex(valid(f), "."):]
		}),
		refused("an empty HMAC key is refused", ErrSignature, func(f forger) string {
			return another(f, func(input string) []byte { return must(jwt.SigningMethodHS256.Sign(input, []byte{})) })
		}),
		refused("the secret with a byte less is refused", ErrSignature, func(f forger) string {
			return another(f, func(input string) []byte {
				return must(jwt.SigningMethodHS256.Sign(input, unb64(rfcHS256Secret)[1:]))
			})
		}).only("HS256"),
		refused("zeros for a signature are refused", ErrSignature, func(f forger) string {
			return another(f, func(string) []byte { return make([]byte, 64) })
		}),
		refused("one byte of a signature is refused", ErrSignature, func(f forger) string {
			return another(f, func(input string) []byte { return unb64(f.sign(input))[:1] })
		}),
		refused("a byte after the signature is refused", ErrSignature, func(f forger) string {
			return another(f, func(input string) []byte { return append(unb64(f.sign(input)), 0) })
		}),
		refused("an ASN.1 signature is refused", ErrSignature, func(f forger) string {
			return another(f, func(input string) []byte {
				digest := sha256.Sum256([]byte(input))
				return must(ecdsa.SignASN1(rand.Reader, rfcECKey(), digest[:]))
			})
		}).only("ES256"),
		refused("an empty signature is refused", ErrMalformed, func(f forger) string {
			return cutSignature(valid(f)) + "."
		}).byLibrary(ErrSignature),
	}
}
