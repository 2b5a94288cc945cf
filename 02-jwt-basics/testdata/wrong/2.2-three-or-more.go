// Wrong: A fourth segment is taken for nothing and dropped.
//
// Hint: Three segments are there, so you go on, and what stands behind them is lost. Two
// servers could read two different tokens here. How many segments exactly make a signed
// token?
//
// Fails:
//   - TestSplit/a_dot_at_the_end_is_refused
//   - TestSplit/five_segments,_an_encrypted_token,_are_refused
//   - TestSplit/four_segments_are_refused
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
	if len(s) < 3 || s[0] == "" || s[1] == "" || s[2] == "" {
		return Parts{}, fmt.Errorf("%w: not three non-empty segments", ErrMalformed)
	}
	return Parts{Header: s[0], Payload: s[1], Signature: s[2], SigningInput: s[0] + "." + s[1]}, nil
}
