// Wrong: The text is filled up with = and given to a decoder that wants padding.
//
// Hint: This is the recipe of many forum answers. It takes text that is padded already,
// and it does not look at stray bits. The package has an encoding that wants no padding.
// Begin from that one.
//
// Fails:
//   - TestDecodeSegment/padding_is_refused
//   - TestDecodeSegment/stray_bits_after_the_last_byte_are_refused
package jwtbasics

import (
	"encoding/base64"
	"fmt"
	"strings"
)

func DecodeSegment(segment string) ([]byte, error) {
	if rest := len(segment) % 4; rest > 0 {
		segment += strings.Repeat("=", 4-rest)
	}
	data, err := base64.URLEncoding.DecodeString(segment)
	if err != nil {
		return nil, fmt.Errorf("%w: a segment is not base64url", ErrMalformed)
	}
	return data, nil
}
