package jwtbasics

import "fmt"

// checkHeader accepts the JOSE headers that a key of this algorithm writes:
// alg is exactly alg, typ is JWT or absent, and there is nothing else. That
// one rule ends a family of attacks: alg "none"; an RSA public key used as an
// HMAC secret; a kid that names a file; a jku or jwk that brings the
// attacker's own key; a crit that changes what the bytes mean. RFC 7515
// section 4.1.11 demands the refusal of crit, and RFC 8725 sections 3.1, 3.10
// and 3.11 the rest. The error is ErrHeader, or ErrMalformed if the text is no
// flat JSON object.
//
//workbook:exercise 2.6 TestCheckHeader
func checkHeader(text []byte, alg string) error {
	got, typ := "", "JWT" // typ may be absent, and then it is JWT
	err := eachMember(string(text), func(name string, v value) error {
		switch name {
		case "alg":
			return v.stringInto(&got)
		case "typ":
			return v.stringInto(&typ)
		}
		return fmt.Errorf("%w: a member other than alg and typ", ErrHeader)
	})
	if err == nil && (got != alg || typ != "JWT") {
		return fmt.Errorf("%w: alg or typ is not the key's", ErrHeader)
	}
	return err
}
