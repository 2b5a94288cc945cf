package jwtbasics

import (
	"fmt"
	"strings"
)

// MaxTokenBytes is the longest token that is looked at: 4 KiB. The tokens of
// this server have about 350 bytes. The limit comes before all other work, so
// that a request costs little however long its token is.
const MaxTokenBytes = 4096

// Parts are the three segments of a token, still encoded, and the text that
// the signature covers.
type Parts struct {
	Header, Payload, Signature string
	// SigningInput is header "." payload, byte for byte as it came. The
	// signature covers these bytes, not what they decode to.
	SigningInput string
}

// Split takes a token apart at its dots (RFC 7515 section 7.1). It wants at
// most [MaxTokenBytes] and exactly three segments, none of them empty: an
// empty signature is how an unsecured token looks (RFC 7515 appendix A.5).
// The error is ErrMalformed.
//
//workbook:exercise 2.2 TestSplit|TestVerifier_.*
func Split(token string) (Parts, error) {
	if len(token) > MaxTokenBytes {
		return Parts{}, fmt.Errorf("%w: longer than %d bytes", ErrMalformed, MaxTokenBytes)
	}
	header, rest, _ := strings.Cut(token, ".")
	payload, signature, _ := strings.Cut(rest, ".")
	if header == "" || payload == "" || signature == "" || strings.Contains(signature, ".") {
		return Parts{}, fmt.Errorf("%w: not three non-empty segments", ErrMalformed)
	}
	input := token[:len(header)+len(".")+len(payload)]
	return Parts{Header: header, Payload: payload, Signature: signature, SigningInput: input}, nil
}
