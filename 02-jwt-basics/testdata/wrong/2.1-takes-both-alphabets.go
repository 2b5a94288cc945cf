// Wrong: The + and / of standard base64 are turned into - and _.
//
// Hint: Your function reads two alphabets, so one token has two spellings. Which of the
// two does RFC 7515 section 2 name?
//
// Fails:
//   - TestDecodeSegment/the_+_and_/_of_standard_base64_are_refused
package jwtbasics

import (
	"encoding/base64"
	"fmt"
	"strings"
)

func DecodeSegment(segment string) ([]byte, error) {
	if strings.ContainsAny(segment, "\r\n") {
		return nil, fmt.Errorf("%w: line break in a segment", ErrMalformed)
	}
	segment = strings.NewReplacer("+", "-", "/", "_").Replace(segment)
	data, err := base64.RawURLEncoding.Strict().DecodeString(segment)
	if err != nil {
		return nil, fmt.Errorf("%w: a segment is not base64url", ErrMalformed)
	}
	return data, nil
}
