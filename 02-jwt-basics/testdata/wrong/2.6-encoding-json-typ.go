// Wrong: The header is read with encoding/json, and typ must be there.
//
// Hint: encoding/json drops members that the struct lacks. Of an alg that comes twice it
// keeps the last, and another reader the first. An empty typ and an absent one look the same.
// The given eachMember in flat.go shows you every member and refuses the second of a name.
//
// Origin: a learner's second try.
//
// Fails:
//   - TestCheckHeader/the_key's_algorithm_is_accepted
//   - TestCheckHeader/kid_is_refused
//   - TestCheckHeader/jku_is_refused
//   - TestCheckHeader/alg_twice_is_refused
package jwtbasics

import (
	"encoding/json"
	"fmt"
)

func checkHeader(text []byte, alg string) error {
	var header struct{ Alg, Typ string }
	if err := json.Unmarshal(text, &header); err != nil {
		return fmt.Errorf("%w: the header is not JSON", ErrMalformed)
	}
	if header.Alg != alg || header.Typ != "JWT" {
		return fmt.Errorf("%w: alg or typ is not the key's", ErrHeader)
	}
	return nil
}
