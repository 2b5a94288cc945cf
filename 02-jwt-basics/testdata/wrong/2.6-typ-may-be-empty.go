// Wrong: A typ that is empty is taken for one that is absent.
//
// Hint: A header says typ with nothing in it, and you take it. No key of ours writes
// that. An empty text and an absent member look the same in a variable that begins empty.
// With which value could it begin?
//
// Fails:
//   - TestCheckHeader/an_empty_typ_is_refused
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
	if err == nil && (got != alg || typ != "" && typ != "JWT") {
		return fmt.Errorf("%w: alg or typ is not the key's", ErrHeader)
	}
	return err
}
