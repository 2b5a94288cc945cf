// Wrong: alg is compared while the header is still being read.
//
// Hint: When alg comes twice, the text is no header at all, and the error is
// ErrMalformed. You gave your verdict on a header before you had read it to its end. First
// read everything and store it. Judge afterwards.
//
// Fails:
//   - TestCheckHeader/alg_twice_is_refused
package jwtbasics

import "fmt"

func checkHeader(text []byte, alg string) error {
	seen := false
	err := eachMember(string(text), func(name string, v value) error {
		var got string
		if err := v.stringInto(&got); err != nil {
			return err
		}
		seen = seen || name == "alg"
		if name == "alg" && got == alg || name == "typ" && got == "JWT" {
			return nil
		}
		return fmt.Errorf("%w: not what the key writes", ErrHeader)
	})
	if err == nil && !seen {
		return fmt.Errorf("%w: no alg", ErrHeader)
	}
	return err
}
