// Wrong: The name of the algorithm may be written in any case.
//
// Hint: Names of algorithms are case-sensitive (RFC 7515 section 4.1.1). Being kind to
// hs256 helps nobody: no writer sends it, only somebody who looks for a gap.
//
// Fails:
//   - TestCheckHeader/alg_hs256_is_refused
package jwtbasics

import (
	"fmt"
	"strings"
)

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
	if err == nil && (!strings.EqualFold(got, alg) || typ != "JWT") {
		return fmt.Errorf("%w: alg or typ is not the key's", ErrHeader)
	}
	return err
}
