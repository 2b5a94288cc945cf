package jwtbasics

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// EncodeSegment returns data in base64url without padding, the only form that
// a token may hold (RFC 7515 section 2).
func EncodeSegment(data []byte) string {
	return base64.RawURLEncoding.EncodeToString(data)
}

// DecodeSegment is the inverse of [EncodeSegment] and takes nothing else: for
// every segment it accepts, encoding the result gives the segment back. So a
// token is written in one way only. It refuses padding, the characters of standard
// base64, stray bits after the last byte, and line breaks, which Go's decoder
// skips without a word even in strict mode. The error is ErrMalformed.
//
//workbook:exercise 2.1
func DecodeSegment(segment string) ([]byte, error) {
	if strings.ContainsAny(segment, "\r\n") {
		return nil, fmt.Errorf("%w: line break in a segment", ErrMalformed)
	}
	data, err := base64.RawURLEncoding.Strict().DecodeString(segment)
	if err != nil {
		return nil, fmt.Errorf("%w: a segment is not base64url", ErrMalformed)
	}
	return data, nil
}
