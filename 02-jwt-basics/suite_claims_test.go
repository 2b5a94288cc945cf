package jwtbasics

import (
	"strings"
	"time"
)

// claimRows are about what a genuine token says.
func claimRows() []suiteRow {
	rows := []suiteRow{
		accepted("a lifetime of the whole TTL is accepted", valid),
		refused("a second more than the TTL is refused", ErrClaims, changed(func(c *Claims) {
			c.ExpiresAt = c.ExpiresAt.Add(time.Second)
		})),
		refused("exp in the year 9999 is refused", ErrClaims, changed(func(c *Claims) {
			c.ExpiresAt = time.Unix(maxDate, 0)
		})),
		refused("another issuer is refused", ErrClaims, edited("https://auth.example", "https://evil.example")),
		refused("another audience is refused", ErrClaims, edited("authbook", "authbook2")),
		refused("an audience that is an array is refused", ErrMalformed, edited(`"authbook"`, `["authbook"]`)),
		refused("an empty subject is refused", ErrClaims, edited("user-1", "")),
		refused("a subject that is a number is refused", ErrMalformed, edited(`"user-1"`, "1")),
		refused("a subject that is an object is refused", ErrMalformed, edited(`"user-1"`, "{}")),
		refused("an empty object is refused", ErrClaims, signed("{}")),
		refused("expired and for another audience is not called expired", ErrClaims, changed(func(c *Claims) {
			age(c, time.Hour)
			c.Audience = "billing"
		})),
		refused("expired and without a session is not called expired", ErrClaims, func(f forger) string {
			old := payloadOf(with(func(c *Claims) { age(c, time.Hour) }))
			return f.payload(replaceOnce(old, `"sid":"session-1",`, ""))
		}),
	}
	for _, member := range []string{
		`"iss":"https://auth.example",`, `"aud":"authbook",`,
		`"sub":"user-1",`, `"sid":"session-1",`, `"jti":"token-1",`,
	} {
		rows = append(rows, refused("without "+member[1:4]+" it is refused", ErrClaims, edited(member, "")))
	}
	return append(rows,
		refused("without iat it is refused", ErrClaims, edited(`"iat"`, `"nbf"`)),
		refused("without exp it is refused", ErrClaims, edited(`"exp"`, `"nbf"`)))
}

// timeRows are about its three dates.
func timeRows() []suiteRow {
	now := func(c *Claims) time.Time { return c.IssuedAt }
	in2001 := time.Date(2001, 7, 1, 12, 0, 0, 0, time.UTC)
	return []suiteRow{
		accepted("a second before exp plus leeway it is accepted", aged(testPolicy.TTL+Leeway-time.Second)),
		refused("at exp plus leeway it has expired", ErrExpired, aged(testPolicy.TTL+Leeway)),
		refused("an hour old it has expired", ErrExpired, aged(time.Hour)),
		accepted("iat at the end of the leeway is accepted", aged(-Leeway)),
		refused("iat beyond the leeway is not valid yet", ErrNotYetValid, aged(-Leeway-time.Second)),
		accepted("nbf at the end of the leeway is accepted", changed(func(c *Claims) {
			c.NotBefore = now(c).Add(Leeway)
		})),
		refused("nbf beyond the leeway is not valid yet", ErrNotYetValid, changed(func(c *Claims) {
			c.NotBefore = now(c).Add(Leeway + time.Second)
		})),
		refused("expired and not valid yet is not called expired", ErrNotYetValid, changed(func(c *Claims) {
			c.NotBefore = now(c).Add(time.Hour)
			age(c, time.Hour)
		})),
		accepted("a token of 2001 is accepted where the policy says 2001", changed(func(c *Claims) {
			*c = claimsAt(in2001)
		})).at(in2001),
	}
}

// lenientRows are what golang-jwt accepts although every option that could
// forbid it is set.
func lenientRows() []suiteRow {
	long := strings.Repeat("x", MaxTokenBytes)
	return []suiteRow{
		lenient("a line break in the signature is refused", "line break", ErrMalformed, func(f forger) string {
			return valid(f) + "\r\n"
		}),
		lenient("a line break in the signed payload is refused", "line break", ErrMalformed, func(f forger) string {
			input := b64(f.header) + ".\n" + b64(payloadOf(validClaims()))
			return input + "." + f.sign(input)
		}),
		lenient("a token of more than 4 KiB is refused", "length", ErrMalformed, edited("user-1", long)),
		lenient("crit is refused", "header member", ErrMalformed, headed(`{`, `{"crit":["b64"],`)).byGate(ErrHeader),
		lenient("b64 is refused", "header member", ErrMalformed, headed(`{`, `{"b64":false,`)).byGate(ErrHeader),
		lenient("jku is refused", "header member", ErrHeader, headed(`{`, `{"jku":"https://evil.example",`)),
		lenient("jwk is refused", "header member", ErrMalformed,
			headed(`{`, `{"jwk":{"kty":"oct"},`)).byGate(ErrHeader),
		lenient("an additional kid is refused", "header member", ErrHeader, func(f forger) string {
			return f.token(`{"alg":"`+f.alg+`","kid":"../../dev/null","typ":"JWT"}`, payloadOf(validClaims()))
		}).byGate(ErrHeader),
		lenient("another typ is refused", "typ", ErrHeader, func(f forger) string {
			return f.token(`{"alg":"`+f.alg+`","typ":"evil+jwt"}`, payloadOf(validClaims()))
		}),
		lenient("a typ that is a number is refused", "typ", ErrMalformed, func(f forger) string {
			return f.token(`{"alg":"`+f.alg+`","typ":1}`, payloadOf(validClaims()))
		}).byGate(ErrHeader),
		lenient("alg twice is refused", "duplicate", ErrMalformed, headed(`{`, `{"alg":"none",`)).byGate(ErrHeader),
		lenient("an escape in the header is refused", "escape", ErrMalformed,
			headed(`"alg"`, `"\u0061lg"`)).byGate(ErrHeader),
		lenient("sub twice is refused", "duplicate", ErrMalformed, edited(`{`, `{"sub":"admin",`)),
		lenient("exp twice is refused", "duplicate", ErrMalformed, edited(`{`, `{"exp":1,`)),
		lenient("EXP for exp is refused", "unknown member", ErrClaims, edited(`"exp"`, `"EXP"`)),
		lenient("Sub beside sub is refused", "unknown member", ErrClaims, edited(`{`, `{"Sub":"admin",`)),
		lenient("an unknown member is refused", "unknown member", ErrClaims, edited(`{`, `{"role":"ADMIN",`)),
		lenient("an unknown member that is an array is refused", "unknown member", ErrMalformed,
			edited(`{`, `{"roles":["ADMIN"],`)),
		lenient("exp that is a string is refused", "date form", ErrMalformed, dateQuoted("exp")),
		lenient("iat that is a string is refused", "date form", ErrMalformed, dateQuoted("iat")),
		lenient("exp with a fraction is refused", "date form", ErrMalformed, edited("}", ".0}")),
		lenient("exp with an exponent is refused", "date form", ErrMalformed, edited("}", "e0}")),
		lenient("a negative nbf is refused", "date form", ErrMalformed, edited(`{`, `{"nbf":-1,`)),
		lenient("nbf null is refused", "null", ErrMalformed, edited(`{`, `{"nbf":null,`)),
		lenient("an escape in a claim is refused", "escape", ErrMalformed, edited("user-1", `\u0075ser-1`)),
		lenient("an escape in a name is refused", "escape", ErrMalformed, edited(`"sub"`, `"\u0073ub"`)),
		lenient("bytes that are not UTF-8 are refused", "UTF-8", ErrMalformed, edited("user-1", "user-\xff")),
	}
}
