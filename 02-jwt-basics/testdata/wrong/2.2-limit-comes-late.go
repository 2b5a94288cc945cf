// Wrong: The token is cut up before its length is looked at.
//
// Hint: The verdict is right and the price is wrong: ten million dots become a list of
// ten million texts, and then you say that the token is too long. In which order do the
// two checks cost nothing?
//
// Fails:
//   - TestVerifier_boundsItsWork/10_MB_of_dots
package jwtbasics

import (
	"fmt"
	"strings"
)

func Split(token string) (Parts, error) {
	s := strings.Split(token, ".")
	if len(s) != 3 || s[0] == "" || s[1] == "" || s[2] == "" || len(token) > MaxTokenBytes {
		return Parts{}, fmt.Errorf("%w: not three non-empty segments", ErrMalformed)
	}
	return Parts{Header: s[0], Payload: s[1], Signature: s[2], SigningInput: s[0] + "." + s[1]}, nil
}
