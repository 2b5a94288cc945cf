// Wrong: The last character may carry bits that belong to no byte.
//
// Hint: Two different texts decode to hello here. Seven characters hold 42 bits and five
// bytes hold 40. Look for the mode of encoding/base64 that looks at the bits that are
// left.
//
// Fails:
//   - TestDecodeSegment/stray_bits_after_the_last_byte_are_refused
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
	data, err := base64.RawURLEncoding.DecodeString(segment)
	if err != nil {
		return nil, fmt.Errorf("%w: a segment is not base64url", ErrMalformed)
	}
	return data, nil
}
