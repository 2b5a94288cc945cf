// Wrong: The type of the token is not looked at.
//
// Hint: A token of type at+jwt was made for another use, and you take it. Several kinds
// of token may carry the same signature. typ is what tells them apart (RFC 8725 section
// 3.11).
//
// Fails:
//   - TestCheckHeader/an_empty_typ_is_refused
//   - TestCheckHeader/another_typ_is_refused
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
	if err == nil && got != alg {
		return fmt.Errorf("%w: alg is not the key's", ErrHeader)
	}
	return err
}
