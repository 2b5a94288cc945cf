// Wrong: Line breaks are skipped, as Go's decoder always does.
//
// Hint: A token with a line break in it passes: even a strict decoder skips it. Read
// what the documentation of encoding/base64 says about \r and \n. Nothing turns that
// off, so who has to look for them?
//
// Fails:
//   - TestDecodeSegment/a_carriage_return_is_refused
//   - TestDecodeSegment/a_line_feed_is_refused
package jwtbasics

import (
	"encoding/base64"
	"fmt"
)

func DecodeSegment(segment string) ([]byte, error) {
	data, err := base64.RawURLEncoding.Strict().DecodeString(segment)
	if err != nil {
		return nil, fmt.Errorf("%w: a segment is not base64url", ErrMalformed)
	}
	return data, nil
}
