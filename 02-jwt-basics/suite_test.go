package jwtbasics

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/pem"
	"slices"
	"strings"
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/assert"
)

// The suite is one table of tokens. Each row goes through all verifiers: the two
// codecs, with every algorithm that the row is about, and the server's Verifier.

// forger makes tokens for one codec: with its own header and key, or with
// those of an attacker.
type forger struct {
	alg    string
	header string                    // what the codec writes
	sign   func(input string) string // with the codec's own key
}

// token returns a genuinely signed token.
func (f forger) token(header, payload string) string {
	input := b64(header) + "." + b64(payload)
	return input + "." + f.sign(input)
}

// claims returns a genuinely signed token with the codec's own header.
func (f forger) claims(c Claims) string { return f.payload(payloadOf(c)) }

// payload is claims for any payload.
func (f forger) payload(payload string) string { return f.token(f.header, payload) }

// edited is payload for the usual one with one piece of text replaced.
func (f forger) edited(old, replacement string) string {
	return f.payload(replaceOnce(payloadOf(validClaims()), old, replacement))
}

// headed returns a valid token but for one piece of the header.
func (f forger) headed(old, replacement string) string {
	return f.token(replaceOnce(f.header, old, replacement), payloadOf(validClaims()))
}

// signedBy returns a token for the header with a signature by another hand.
func signedBy(method jwt.SigningMethod, key any, header string) string {
	input := b64(header) + "." + b64(payloadOf(validClaims()))
	return input + "." + b64(string(must(method.Sign(input, key))))
}

func replaceOnce(text, old, replacement string) string {
	if strings.Count(text, old) != 1 {
		panic("the row wants to replace what is not there once: " + old)
	}
	return strings.Replace(text, old, replacement, 1)
}

// suiteRow is a token and the verdict of each verifier; nil is accepted.
type suiteRow struct {
	name  string
	needs []string
	algs  []string // whose tokens it is about
	forge func(f forger) string
	clock time.Time // what the policy's clock says; zero is this machine's

	hand    error // ByHand
	library error // Library; it tells fewer kinds of header and signature apart
	gate    error // Verifier; it compares headers as a whole
	// difference names, in differences, why hand and gate refuse what
	// golang-jwt accepts.
	difference string
}

// accepted, refused and lenient are the verdicts most rows have.
func accepted(name string, forge func(f forger) string) suiteRow {
	return suiteRow{name: name, forge: forge}
}

func refused(name string, err error, forge func(f forger) string) suiteRow {
	return suiteRow{name: name, forge: forge, hand: err, library: err, gate: err}
}

func lenient(name, difference string, err error, forge func(f forger) string) suiteRow {
	return suiteRow{name: name, forge: forge, hand: err, gate: err, difference: difference}
}

// header is for rows whose header is wrong: the library calls most of them a
// signature error.
func header(name string, forge func(f forger) string) suiteRow {
	return suiteRow{name: name, forge: forge, hand: ErrHeader, library: ErrSignature, gate: ErrHeader}
}

func (r suiteRow) only(alg string) suiteRow {
	r.algs = []string{alg}
	return r
}

// at sets the policy's clock.
func (r suiteRow) at(clock time.Time) suiteRow {
	r.clock = clock
	return r
}

// policy is testPolicy with the row's clock.
func (r suiteRow) policy() Policy {
	policy := testPolicy
	if !r.clock.IsZero() {
		policy.Now = func() time.Time { return r.clock }
	}
	return policy
}

func (r suiteRow) byLibrary(err error) suiteRow {
	r.library = err
	return r
}

func (r suiteRow) byGate(err error) suiteRow {
	r.gate = err
	return r
}

// suiteRows are all rows. Forms, headers and signatures differ from algorithm to
// algorithm, so those rows are about all four. What a claim says has nothing to
// do with the algorithm.
func suiteRows() []suiteRow {
	rows := about([]string{"HS256", "RS256", "ES256", "EdDSA"}, formRows(), headerRows(), signatureRows())
	return append(rows, about([]string{"HS256"}, claimRows(), timeRows(), lenientRows())...)
}

// about joins tables. Their rows need the whole chapter, and those that name no
// algorithm are about algs.
func about(algs []string, tables ...[]suiteRow) []suiteRow {
	rows := slices.Concat(tables...)
	for i := range rows {
		rows[i].needs = allNeeds()
		if rows[i].algs == nil {
			rows[i].algs = algs
		}
	}
	return rows
}

// rowsFor returns the rows that are about an algorithm.
func rowsFor(alg string) []suiteRow {
	return slices.DeleteFunc(suiteRows(), func(r suiteRow) bool { return !slices.Contains(r.algs, alg) })
}

func formRows() []suiteRow {
	valid := func(f forger) string { return f.claims(validClaims()) }
	return []suiteRow{
		accepted("a token of its own shape is accepted", valid),
		accepted("members in another order and white space are accepted", func(f forger) string {
			c := validClaims()
			c.NotBefore = c.IssuedAt
			members := strings.Split(strings.Trim(payloadOf(c), "{}"), ",")
			slices.Reverse(members)
			return f.payload("{ " + strings.Join(members, ",\n\t") + " }")
		}),
		accepted("text of any script is accepted", func(f forger) string {
			return f.claims(with(func(c *Claims) { c.Subject = "진호 <&> 😀" }))
		}),
		refused("nothing is refused", ErrMalformed, func(forger) string { return "" }),
		refused("dots are refused", ErrMalformed, func(forger) string { return ".." }),
		refused("two segments are refused", ErrMalformed, func(f forger) string { return cutSignature(valid(f)) }),
		refused("a fourth segment is refused", ErrMalformed, func(f forger) string { return valid(f) + ".e30" }),
		refused("a dot at the end is refused", ErrMalformed, func(f forger) string { return valid(f) + "." }),
		refused("padding is refused", ErrMalformed, func(f forger) string { return valid(f) + "=" }),
		refused("a space before is refused", ErrMalformed, func(f forger) string { return " " + valid(f) }).byGate(ErrHeader),
		refused("the scheme Bearer is refused", ErrMalformed, func(f forger) string { return "Bearer " + valid(f) }).byGate(ErrHeader),
		refused("a space after is refused", ErrMalformed, func(f forger) string { return valid(f) + " " }),
		refused("stray bits in the signature are refused", ErrMalformed, func(f forger) string {
			return strayBits(valid(f))
		}),
		refused("a payload that is no JSON is refused", ErrMalformed, func(f forger) string { return f.payload("hello") }),
		refused("a payload that is an array is refused", ErrMalformed, func(f forger) string { return f.payload("[]") }),
		refused("a payload that is null is refused", ErrMalformed, func(f forger) string { return f.payload("null") }).byLibrary(ErrClaims),
		refused("a second object in the payload is refused", ErrMalformed, func(f forger) string {
			return f.payload(payloadOf(validClaims()) + "{}")
		}),
		refused("a raw control character in a claim is refused", ErrMalformed, func(f forger) string {
			return f.edited("user-1", "user\x00-1")
		}),
	}
}

func headerRows() []suiteRow {
	valid := func(f forger) string { return payloadOf(validClaims()) }
	return []suiteRow{
		header("HS512 with the same secret is refused", func(f forger) string {
			return signedBy(jwt.SigningMethodHS512, unb64(rfcHS256Secret), replaceOnce(f.header, "HS256", "HS512"))
		}).only("HS256"),
		header("alg none with a signature is refused", func(f forger) string { return f.headed(f.alg, "none") }),
		header("alg None is refused", func(f forger) string { return f.headed(f.alg, "None") }).byLibrary(ErrHeader),
		refused("alg none without a signature is refused", ErrMalformed, func(f forger) string {
			return b64(replaceOnce(f.header, f.alg, "none")) + "." + b64(valid(f)) + "."
		}).byLibrary(ErrSignature),
		header("an unknown alg is refused", func(f forger) string { return f.headed(f.alg, "XX256") }).byLibrary(ErrHeader),
		header("alg in small letters is refused", func(f forger) string {
			return f.headed(f.alg, strings.ToLower(f.alg))
		}).byLibrary(ErrHeader),
		header("no alg is refused", func(f forger) string { return f.headed(`"alg"`, `"typ2"`) }).byLibrary(ErrHeader),
		header("ALG for alg is refused", func(f forger) string { return f.headed(`"alg"`, `"ALG"`) }).byLibrary(ErrHeader),
		header("an empty header is refused", func(f forger) string { return f.token("{}", valid(f)) }).byLibrary(ErrHeader),
		refused("a header that is no JSON is refused", ErrMalformed, func(f forger) string {
			return f.token("hello", valid(f))
		}).byGate(ErrHeader),
		refused("text after the header is refused", ErrMalformed, func(f forger) string {
			return f.token(f.header+"{}", valid(f))
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
			return signedBy(jwt.SigningMethodHS256, publicPEM(rfcRSAKey().Public()), replaceOnce(f.header, "RS256", "HS256"))
		}).only("RS256"),
		header("HS256 with the public EC key in PEM as secret is refused", func(f forger) string {
			return signedBy(jwt.SigningMethodHS256, publicPEM(rfcECKey().Public()), replaceOnce(f.header, "ES256", "HS256"))
		}).only("ES256"),
		header("HS256 with the public Ed25519 key as secret is refused", func(f forger) string {
			return signedBy(jwt.SigningMethodHS256, []byte(rfcEdKey().Public().(ed25519.PublicKey)), replaceOnce(f.header, "EdDSA", "HS256"))
		}).only("EdDSA"),
	}
}

func signatureRows() []suiteRow {
	valid := func(f forger) string { return f.claims(validClaims()) }
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

func claimRows() []suiteRow {
	rows := []suiteRow{
		accepted("a lifetime of the whole TTL is accepted", func(f forger) string { return f.claims(validClaims()) }),
		refused("a second more than the TTL is refused", ErrClaims, func(f forger) string {
			return f.claims(with(func(c *Claims) { c.ExpiresAt = c.ExpiresAt.Add(time.Second) }))
		}),
		refused("exp in the year 9999 is refused", ErrClaims, func(f forger) string {
			return f.claims(with(func(c *Claims) { c.ExpiresAt = time.Unix(maxDate, 0) }))
		}),
		refused("another issuer is refused", ErrClaims, func(f forger) string { return f.edited("https://auth.example", "https://evil.example") }),
		refused("another audience is refused", ErrClaims, func(f forger) string { return f.edited("authbook", "authbook2") }),
		refused("an audience that is an array is refused", ErrMalformed, func(f forger) string { return f.edited(`"authbook"`, `["authbook"]`) }),
		refused("an empty subject is refused", ErrClaims, func(f forger) string { return f.edited("user-1", "") }),
		refused("a subject that is a number is refused", ErrMalformed, func(f forger) string { return f.edited(`"user-1"`, "1") }),
		refused("a subject that is an object is refused", ErrMalformed, func(f forger) string { return f.edited(`"user-1"`, "{}") }),
		refused("an empty object is refused", ErrClaims, func(f forger) string { return f.payload("{}") }),
		refused("expired and for another audience is not called expired", ErrClaims, func(f forger) string {
			return f.claims(with(func(c *Claims) { age(c, time.Hour); c.Audience = "billing" }))
		}),
		refused("expired and without a session is not called expired", ErrClaims, func(f forger) string {
			return f.payload(strings.Replace(payloadOf(with(func(c *Claims) { age(c, time.Hour) })), `"sid":"session-1",`, "", 1))
		}),
	}
	for _, member := range []string{
		`"iss":"https://auth.example",`, `"aud":"authbook",`, `"sub":"user-1",`, `"sid":"session-1",`, `"jti":"token-1",`,
	} {
		rows = append(rows, refused("without "+member[1:4]+" it is refused", ErrClaims, func(f forger) string { return f.edited(member, "") }))
	}
	return append(rows,
		refused("without iat it is refused", ErrClaims, func(f forger) string { return f.edited(`"iat"`, `"nbf"`) }),
		refused("without exp it is refused", ErrClaims, func(f forger) string { return f.edited(`"exp"`, `"nbf"`) }))
}

func timeRows() []suiteRow {
	now := func(c *Claims) time.Time { return c.IssuedAt }
	in2001 := time.Date(2001, 7, 1, 12, 0, 0, 0, time.UTC)
	return []suiteRow{
		accepted("a second before exp plus leeway it is accepted", func(f forger) string {
			return f.claims(with(func(c *Claims) { age(c, testPolicy.TTL+Leeway-time.Second) }))
		}),
		refused("at exp plus leeway it has expired", ErrExpired, func(f forger) string {
			return f.claims(with(func(c *Claims) { age(c, testPolicy.TTL+Leeway) }))
		}),
		refused("an hour old it has expired", ErrExpired, func(f forger) string {
			return f.claims(with(func(c *Claims) { age(c, time.Hour) }))
		}),
		accepted("iat at the end of the leeway is accepted", func(f forger) string {
			return f.claims(with(func(c *Claims) { age(c, -Leeway) }))
		}),
		refused("iat beyond the leeway is not valid yet", ErrNotYetValid, func(f forger) string {
			return f.claims(with(func(c *Claims) { age(c, -Leeway-time.Second) }))
		}),
		accepted("nbf at the end of the leeway is accepted", func(f forger) string {
			return f.claims(with(func(c *Claims) { c.NotBefore = now(c).Add(Leeway) }))
		}),
		refused("nbf beyond the leeway is not valid yet", ErrNotYetValid, func(f forger) string {
			return f.claims(with(func(c *Claims) { c.NotBefore = now(c).Add(Leeway + time.Second) }))
		}),
		refused("expired and not valid yet is not called expired", ErrNotYetValid, func(f forger) string {
			return f.claims(with(func(c *Claims) { c.NotBefore = now(c).Add(time.Hour); age(c, time.Hour) }))
		}),
		accepted("a token of 2001 is accepted where the policy says 2001", func(f forger) string {
			return f.claims(claimsAt(in2001))
		}).at(in2001),
	}
}

// lenientRows are what golang-jwt accepts although every option that could
// forbid it is set.
func lenientRows() []suiteRow {
	long := strings.Repeat("x", MaxTokenBytes)
	return []suiteRow{
		lenient("a line break in the signature is refused", "line break", ErrMalformed, func(f forger) string { return f.claims(validClaims()) + "\r\n" }),
		lenient("a line break in the signed payload is refused", "line break", ErrMalformed, func(f forger) string {
			input := b64(f.header) + ".\n" + b64(payloadOf(validClaims()))
			return input + "." + f.sign(input)
		}),
		lenient("a token of more than 4 KiB is refused", "length", ErrMalformed, func(f forger) string { return f.edited("user-1", long) }),
		lenient("crit is refused", "header member", ErrMalformed, func(f forger) string { return f.headed(`{`, `{"crit":["b64"],`) }).byGate(ErrHeader),
		lenient("b64 is refused", "header member", ErrMalformed, func(f forger) string { return f.headed(`{`, `{"b64":false,`) }).byGate(ErrHeader),
		lenient("jku is refused", "header member", ErrHeader, func(f forger) string { return f.headed(`{`, `{"jku":"https://evil.example",`) }),
		lenient("jwk is refused", "header member", ErrMalformed, func(f forger) string { return f.headed(`{`, `{"jwk":{"kty":"oct"},`) }).byGate(ErrHeader),
		lenient("an additional kid is refused", "header member", ErrHeader, func(f forger) string {
			return f.token(`{"alg":"`+f.alg+`","kid":"../../dev/null","typ":"JWT"}`, payloadOf(validClaims()))
		}).byGate(ErrHeader),
		lenient("another typ is refused", "typ", ErrHeader, func(f forger) string {
			return f.token(`{"alg":"`+f.alg+`","typ":"evil+jwt"}`, payloadOf(validClaims()))
		}),
		lenient("a typ that is a number is refused", "typ", ErrMalformed, func(f forger) string {
			return f.token(`{"alg":"`+f.alg+`","typ":1}`, payloadOf(validClaims()))
		}).byGate(ErrHeader),
		lenient("alg twice is refused", "duplicate", ErrMalformed, func(f forger) string { return f.headed(`{`, `{"alg":"none",`) }).byGate(ErrHeader),
		lenient("an escape in the header is refused", "escape", ErrMalformed, func(f forger) string { return f.headed(`"alg"`, `"\u0061lg"`) }).byGate(ErrHeader),
		lenient("sub twice is refused", "duplicate", ErrMalformed, func(f forger) string { return f.edited(`{`, `{"sub":"admin",`) }),
		lenient("exp twice is refused", "duplicate", ErrMalformed, func(f forger) string { return f.edited(`{`, `{"exp":1,`) }),
		lenient("EXP for exp is refused", "unknown member", ErrClaims, func(f forger) string { return f.edited(`"exp"`, `"EXP"`) }),
		lenient("Sub beside sub is refused", "unknown member", ErrClaims, func(f forger) string { return f.edited(`{`, `{"Sub":"admin",`) }),
		lenient("an unknown member is refused", "unknown member", ErrClaims, func(f forger) string { return f.edited(`{`, `{"role":"ADMIN",`) }),
		lenient("an unknown member that is an array is refused", "unknown member", ErrMalformed, func(f forger) string { return f.edited(`{`, `{"roles":["ADMIN"],`) }),
		lenient("exp that is a string is refused", "date form", ErrMalformed, func(f forger) string { return quoteDate(f, "exp") }),
		lenient("iat that is a string is refused", "date form", ErrMalformed, func(f forger) string { return quoteDate(f, "iat") }),
		lenient("exp with a fraction is refused", "date form", ErrMalformed, func(f forger) string {
			return f.payload(strings.TrimSuffix(payloadOf(validClaims()), "}") + ".0}")
		}),
		lenient("exp with an exponent is refused", "date form", ErrMalformed, func(f forger) string {
			return f.payload(strings.TrimSuffix(payloadOf(validClaims()), "}") + "e0}")
		}),
		lenient("a negative nbf is refused", "date form", ErrMalformed, func(f forger) string { return f.edited(`{`, `{"nbf":-1,`) }),
		lenient("nbf null is refused", "null", ErrMalformed, func(f forger) string { return f.edited(`{`, `{"nbf":null,`) }),
		lenient("an escape in a claim is refused", "escape", ErrMalformed, func(f forger) string { return f.edited("user-1", `\u0075ser-1`) }),
		lenient("an escape in a name is refused", "escape", ErrMalformed, func(f forger) string { return f.edited(`"sub"`, `"\u0073ub"`) }),
		lenient("bytes that are not UTF-8 are refused", "UTF-8", ErrMalformed, func(f forger) string { return f.edited("user-1", "user-\xff") }),
	}
}

// age moves the dates of the claims into the past, or ahead for a negative d.
func age(c *Claims, d time.Duration) {
	c.IssuedAt = c.IssuedAt.Add(-d)
	c.ExpiresAt = c.ExpiresAt.Add(-d)
}

// cutSignature returns header and payload of a token.
func cutSignature(token string) string { return token[:strings.LastIndex(token, ".")] }

// strayBits returns another spelling of the token: the bits of its last
// character that belong to no byte are set.
func strayBits(token string) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := strings.IndexByte(alphabet, token[len(token)-1])
	return token[:len(token)-1] + string(alphabet[last+1])
}

// quoteDate returns a token in which the date is a string.
func quoteDate(f forger, name string) string {
	payload := payloadOf(validClaims())
	start := strings.Index(payload, `"`+name+`":`) + len(name) + 3
	end := start + strings.IndexAny(payload[start:], ",}")
	return f.payload(payload[:start] + `"` + payload[start:end] + `"` + payload[end:])
}

func publicPEM(key crypto.PublicKey) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: must(x509.MarshalPKIXPublicKey(key))})
}

// TestSuite runs every token through every verifier. The message of a failure
// begins with the verifier that judged wrongly.
func TestSuite(t *testing.T) {
	ring := must(NewKeyRing(unb64(rfcHS256Secret), nil))
	all := algorithms() // made outside the bubbles
	exercise.SynctestRows(t, "2.11", suiteRows(), func(t *testing.T, row suiteRow) {
		for _, a := range all {
			if slices.Contains(row.algs, a.key.Alg()) && !t.Failed() { // one algorithm shows a mistake as well as four
				assertCodecs(t, row, a)
			}
		}
		if slices.Contains(row.algs, "HS256") {
			assertGate(t, row, ring)
		}
	})
}

func assertCodecs(t *testing.T, row suiteRow, a algorithm) {
	t.Helper()
	hand, library := codecs(a, row.policy())
	token := row.forge(a.forger())
	assertVerdict(t, "by hand, "+a.key.Alg(), hand.Verify, token, row.hand)
	assertVerdict(t, "golang-jwt with libraryParser, "+a.key.Alg(), library.Verify, token, row.library)
}

// assertGate judges the server's verifier. VerifyIgnoringExpiry forgives age and
// nothing else: but for the rows about expiry it has the same verdicts.
func assertGate(t *testing.T, row suiteRow, ring *KeyRing) {
	t.Helper()
	verifier := must(NewVerifier(ring, row.policy()))
	token := row.forge(ringForger(ring.keys[0]))
	assertVerdict(t, "the server's Verify", verifier.Verify, token, row.gate)
	if row.gate == ErrExpired {
		row.gate = nil
	}
	assertVerdict(t, "the server's VerifyIgnoringExpiry", verifier.VerifyIgnoringExpiry, token, row.gate)
}

// ringForger forges with the access key of a key ring.
func ringForger(keys ringKeys) forger {
	return forger{alg: "HS256", header: string(unb64(keys.header)), sign: func(input string) string {
		return b64(string(must(jwt.SigningMethodHS256.Sign(input, keys.access()))))
	}}
}

// assertVerdict checks the error, what comes with it, and that it says nothing
// of the token.
func assertVerdict(t *testing.T, who string, verify func(string) (Claims, error), token string, want error) {
	t.Helper()
	claims, err := verify(token)
	assertError(t, want, err, who+": "+whyVerdict(want, err))
	if want == nil {
		assert.Equal(t, testPolicy.Issuer, claims.Issuer, "%s: the claims come back", who)
		assert.NotEmpty(t, claims.Subject, "%s: the claims come back", who)
		return
	}
	assert.Zero(t, claims, "%s: nobody may use the claims of a refused token", who)
	if err != nil {
		assert.NotContains(t, err.Error(), "user", "%s: the message goes to a log", who)
	}
}

// whyVerdict says what a wrong verdict does to people.
func whyVerdict(want, got error) string {
	switch {
	case want == nil:
		return "a token that is genuine and valid is turned away"
	case got == nil:
		return "a token that must not open a door opens it"
	}
	return "the server answers by the kind of error, so the client is told a wrong reason"
}
