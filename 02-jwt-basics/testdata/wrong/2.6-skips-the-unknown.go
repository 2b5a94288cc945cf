// Wrong: Members that the function does not know are skipped.
//
// Hint: kid, jku, jwk and crit pass, for you look away from what you don't know. crit
// even says: refuse me if you don't know this (RFC 7515 section 4.1.11). What may a
// header hold besides alg and typ?
//
// Fails:
//   - TestCheckHeader/ALG_beside_alg_is_refused
//   - TestCheckHeader/crit_is_refused
//   - TestCheckHeader/jku_is_refused
//   - TestCheckHeader/jwk_is_refused
//   - TestCheckHeader/kid_is_refused
package jwtbasics

import "fmt"

func checkHeader(text []byte, alg string) error {
	got, typ := "", "JWT"
	err := eachMember(string(text), func(name string, v value) error {
		switch name {
		case "alg":
			return v.stringInto(&got)
		case "typ":
			return v.stringInto(&typ)
		}
		return nil
	})
	if err == nil && (got != alg || typ != "JWT") {
		return fmt.Errorf("%w: alg or typ is not the key's", ErrHeader)
	}
	return err
}
