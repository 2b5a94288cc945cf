// Wrong: Only the name none is forbidden; any other algorithm passes.
//
// Hint: You made a list of what is forbidden, and a stranger finds what is not on it:
// NoNe, hs256, HS512, or no alg at all. The key knows its one algorithm. Compare with
// that.
//
// Fails:
//   - TestCheckHeader/HS256_for_an_RSA_key_is_refused
//   - TestCheckHeader/HS512_for_an_HS256_key_is_refused
//   - TestCheckHeader/alg_NoNe_is_refused
//   - TestCheckHeader/alg_hs256_is_refused
//   - TestCheckHeader/an_empty_header_is_refused
//   - TestCheckHeader/no_alg_is_refused
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
		return fmt.Errorf("%w: a member other than alg and typ", ErrHeader)
	})
	if err == nil && (got == "none" || typ != "JWT") {
		return fmt.Errorf("%w: alg or typ is not the key's", ErrHeader)
	}
	return err
}
