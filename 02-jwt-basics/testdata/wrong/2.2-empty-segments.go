// Wrong: A segment may be empty.
//
// Hint: Two dots are there, so you count three segments, although one has nothing in it.
// A token that ends with a dot carries no signature. What would a later step compare it
// with?
//
// Fails:
//   - TestSplit/an_empty_header_is_refused
//   - TestSplit/an_empty_payload_is_refused
//   - TestSplit/an_empty_signature_is_refused
//   - TestSplit/dots_alone_are_refused
package jwtbasics

import (
	"fmt"
	"strings"
)

func Split(token string) (Parts, error) {
	if len(token) > MaxTokenBytes {
		return Parts{}, fmt.Errorf("%w: longer than %d bytes", ErrMalformed, MaxTokenBytes)
	}
	s := strings.Split(token, ".")
	if len(s) != 3 {
		return Parts{}, fmt.Errorf("%w: not three segments", ErrMalformed)
	}
	return Parts{Header: s[0], Payload: s[1], Signature: s[2], SigningInput: s[0] + "." + s[1]}, nil
}
