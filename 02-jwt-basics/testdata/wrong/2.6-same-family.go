// Wrong: Any algorithm of the same family passes, such as HS512 for HS256.
//
// Hint: You look at the first letters of the name. An HS512 token gets in where HS256
// was meant. Ten of thirteen submissions to a public exercise did the same. One key is
// for one algorithm.
//
// Fails:
//   - TestCheckHeader/HS512_for_an_HS256_key_is_refused
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
	if err == nil && (!strings.HasPrefix(got, alg[:2]) || typ != "JWT") {
		return fmt.Errorf("%w: alg or typ is not the key's", ErrHeader)
	}
	return err
}
