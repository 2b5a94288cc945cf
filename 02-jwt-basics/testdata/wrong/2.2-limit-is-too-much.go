// Wrong: A token of exactly the longest length is refused.
//
// Hint: The constant names the longest token that is taken, and you refuse it. Compare
// the two cases on both sides of the border: 4096 bytes and 4097.
//
// Fails:
//   - TestSplit/the_longest_token_is_taken
package jwtbasics

import (
	"fmt"
	"strings"
)

func Split(token string) (Parts, error) {
	if len(token) >= MaxTokenBytes {
		return Parts{}, fmt.Errorf("%w: %d bytes or more", ErrMalformed, MaxTokenBytes)
	}
	s := strings.Split(token, ".")
	if len(s) != 3 || s[0] == "" || s[1] == "" || s[2] == "" {
		return Parts{}, fmt.Errorf("%w: not three non-empty segments", ErrMalformed)
	}
	return Parts{Header: s[0], Payload: s[1], Signature: s[2], SigningInput: s[0] + "." + s[1]}, nil
}
