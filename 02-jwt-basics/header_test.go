package jwtbasics

import (
	"testing"

	"example.com/authbook/internal/exercise"
)

func TestCheckHeader(t *testing.T) {
	type row struct {
		name string
		text string
		alg  string
		err  error
		why  string
	}
	rows := []row{
		{name: "the key's algorithm is accepted", text: `{"alg":"HS256"}`, alg: "HS256",
			why: "typ is optional (RFC 7519 section 5.1)"},
		{name: "typ JWT is accepted", text: `{"alg":"HS256","typ":"JWT"}`, alg: "HS256",
			why: "it is what the codecs write"},
		{name: "any order and white space is accepted", text: "{\"typ\":\"JWT\",\r\n \"alg\":\"RS256\"}", alg: "RS256",
			why: "the example in RFC 7515 appendix A.1 looks like this"},
		{name: "alg none is refused", text: `{"alg":"none"}`, alg: "HS256", err: ErrHeader,
			why: "a token must not choose to be unsigned"},
		{name: "alg NoNe is refused", text: `{"alg":"NoNe"}`, alg: "HS256", err: ErrHeader,
			why: "a list of forbidden names forgets one"},
		{name: "alg hs256 is refused", text: `{"alg":"hs256"}`, alg: "HS256", err: ErrHeader,
			why: "names are case-sensitive (RFC 7515 section 4.1.1)"},
		{name: "HS256 for an RSA key is refused", text: `{"alg":"HS256"}`, alg: "RS256", err: ErrHeader,
			why: "the public key would become the HMAC secret"},
		{name: "HS512 for an HS256 key is refused", text: `{"alg":"HS512"}`, alg: "HS256", err: ErrHeader,
			why: "a key is for one algorithm"},
		{name: "no alg is refused", text: `{"typ":"JWT"}`, alg: "HS256", err: ErrHeader,
			why: "alg is required (RFC 7515 section 4.1.1)"},
		{name: "an empty header is refused", text: `{}`, alg: "HS256", err: ErrHeader,
			why: "alg is required (RFC 7515 section 4.1.1)"},
		{name: "another typ is refused", text: `{"alg":"HS256","typ":"at+jwt"}`, alg: "HS256", err: ErrHeader,
			why: "a token for one use is not for another (RFC 8725 section 3.11)"},
		{name: "an empty typ is refused", text: `{"alg":"HS256","typ":""}`, alg: "HS256", err: ErrHeader,
			why: "typ is JWT or absent, and empty is not absent"},
		{name: "kid is refused", text: `{"alg":"HS256","typ":"JWT","kid":"../../dev/null"}`, alg: "HS256", err: ErrHeader,
			why: "there is one key, and a kid has named files and SQL"},
		{name: "jku is refused", text: `{"alg":"RS256","typ":"JWT","jku":"https://evil.example/keys"}`, alg: "RS256",
			err: ErrHeader, why: "the attacker would bring the key"},
		{name: "jwk is refused", text: `{"alg":"RS256","jwk":"{}"}`, alg: "RS256", err: ErrHeader,
			why: "the attacker would bring the key"},
		{name: "crit is refused", text: `{"alg":"HS256","crit":"b64"}`, alg: "HS256", err: ErrHeader,
			why: "we don't know the extension (RFC 7515 section 4.1.11)"},
		{name: "ALG beside alg is refused", text: `{"alg":"HS256","ALG":"none"}`, alg: "HS256", err: ErrHeader,
			why: "ALG is another name than alg"},
		{name: "alg twice is refused", text: `{"alg":"none","alg":"HS256"}`, alg: "HS256", err: ErrMalformed,
			why: "two parsers see two algorithms in it, so read it whole before you judge"},
		{name: "an alg that is a number is refused", text: `{"alg":256}`, alg: "HS256", err: ErrMalformed,
			why: "alg is a string"},
		{name: "a typ that is a number is refused", text: `{"alg":"HS256","typ":1}`, alg: "HS256", err: ErrMalformed,
			why: "typ is a string"},
		{name: "an array is refused", text: `["HS256"]`, alg: "HS256", err: ErrMalformed, why: "a header is an object"},
		{name: "text after the header is refused", text: `{"alg":"HS256"}{}`, alg: "HS256", err: ErrMalformed,
			why: "a header is one object"},
		{name: "no text is refused", text: "", alg: "HS256", err: ErrMalformed, why: "a header is an object"},
	}
	exercise.Rows(t, "2.6", rows, func(t *testing.T, row row) {
		err := checkHeader([]byte(row.text), row.alg)
		assertError(t, row.err, err, row.why)
		assertQuotesNothing(t, err, row.text)
	})
}
