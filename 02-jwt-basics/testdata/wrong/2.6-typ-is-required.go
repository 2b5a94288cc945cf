// Wrong: A header without typ is refused.
//
// Hint: The RFC's own RS256 token has no typ, and you turn it away. typ is optional (RFC
// 7519 section 5.1). Its absence is fine, another value is not.
//
// Fails:
//   - TestCheckHeader/the_key's_algorithm_is_accepted
package jwtbasics

import "fmt"

func checkHeader(text []byte, alg string) error {
	var got, typ string
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
