// Wrong: The error of encoding/base64 is handed on as it is.
//
// Hint: Every bad text is refused, and yet the rows are red: the caller asks with
// errors.Is whether the error is ErrMalformed, and it is not. Which verb of fmt.Errorf
// wraps an error? Keep the input out of the message: it ends up in a log.
//
// Fails:
//   - TestDecodeSegment/a_carriage_return_is_refused
//   - TestDecodeSegment/a_dot_is_refused
//   - TestDecodeSegment/a_letter_outside_ASCII_is_refused
//   - TestDecodeSegment/a_line_feed_is_refused
//   - TestDecodeSegment/a_space_is_refused
//   - TestDecodeSegment/one_lone_character_is_refused
//   - TestDecodeSegment/padding_is_refused
//   - TestDecodeSegment/stray_bits_after_the_last_byte_are_refused
//   - TestDecodeSegment/the_+_and_/_of_standard_base64_are_refused
package jwtbasics

import (
	"encoding/base64"
	"errors"
	"strings"
)

func DecodeSegment(segment string) ([]byte, error) {
	if strings.ContainsAny(segment, "\r\n") {
		return nil, errors.New("line break in a segment")
	}
	data, err := base64.RawURLEncoding.Strict().DecodeString(segment)
	if err != nil {
		return nil, err
	}
	return data, nil
}
