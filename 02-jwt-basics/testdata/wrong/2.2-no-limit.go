// Wrong: A token may be as long as it likes.
//
// Hint: Anybody who sends 10 MB gets 10 MB of work, without a password. Read the
// constant above Parts.
//
// Fails:
//   - TestSplit/one_byte_more_is_refused
//   - TestVerifier_boundsItsWork/10_MB_behind_a_genuine_token
//   - TestVerifier_boundsItsWork/10_MB_of_dots
package jwtbasics

import (
	"fmt"
	"strings"
)

func Split(token string) (Parts, error) {
	s := strings.Split(token, ".")
	if len(s) != 3 || s[0] == "" || s[1] == "" || s[2] == "" {
		return Parts{}, fmt.Errorf("%w: not three non-empty segments", ErrMalformed)
	}
	return Parts{Header: s[0], Payload: s[1], Signature: s[2], SigningInput: s[0] + "." + s[1]}, nil
}
