// Wrong: The signing input lacks the dot between header and payload.
//
// Hint: The three segments are right, the fourth field is not, and no genuine token is
// believed any more. Put your SigningInput beside the first row's, character by
// character.
//
// Fails:
//   - TestSplit/the_longest_token_is_taken
//   - TestSplit/three_segments_and_what_is_signed
//   - TestVerifier_expiresToTheNanosecond
//   - TestVerifier_readsWhatTheSignerWrites
//   - TestVerifier_refusesEveryMutation
//   - TestVerifier_rotation
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
	if len(s) != 3 || s[0] == "" || s[1] == "" || s[2] == "" {
		return Parts{}, fmt.Errorf("%w: not three non-empty segments", ErrMalformed)
	}
	return Parts{Header: s[0], Payload: s[1], Signature: s[2], SigningInput: s[0] + s[1]}, nil
}
