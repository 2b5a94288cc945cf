// Wrong: Padding is cut off before the text is decoded.
//
// Hint: A text with = at its end passes, because you repair it first. A verifier that
// repairs its input accepts two spellings of one token. What should a reader do with
// what the writer never writes?
//
// Fails:
//   - TestDecodeSegment/padding_is_refused
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
	segment = strings.TrimRight(segment, "=")
	data, err := base64.RawURLEncoding.Strict().DecodeString(segment)
	if err != nil {
		return nil, fmt.Errorf("%w: a segment is not base64url", ErrMalformed)
	}
	return data, nil
}
