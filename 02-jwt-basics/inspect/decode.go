package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// token is what a token's segments hold. Nothing of it is verified.
type token struct {
	header, payload json.RawMessage // JSON objects
	signature       []byte          // empty for an unsecured token
}

// decode reads the segments. Unlike a verifier it takes an unsecured token
// too: that is worth seeing.
func decode(text string) (token, error) {
	segments := strings.Split(text, ".")
	if len(segments) == 5 {
		return token{}, errors.New("five segments: an encrypted token (JWE), which nobody reads without its key")
	}
	if len(segments) != 3 {
		return token{}, fmt.Errorf("a token has three segments with dots between them, not %d", len(segments))
	}
	header, err := object("header", segments[0])
	if err != nil {
		return token{}, err
	}
	payload, err := object("payload", segments[1])
	if err != nil {
		return token{}, err
	}
	signature, err := segment("signature", segments[2])
	if err != nil {
		return token{}, err
	}
	return token{header: header, payload: payload, signature: signature}, nil
}

// object decodes a segment that must be a JSON object.
func object(name, text string) (json.RawMessage, error) {
	data, err := segment(name, text)
	if err != nil {
		return nil, err
	}
	if !json.Valid(data) || !bytes.HasPrefix(bytes.TrimSpace(data), []byte("{")) {
		return nil, fmt.Errorf("the %s is not a JSON object", name)
	}
	return data, nil
}

func segment(name, text string) ([]byte, error) {
	data, err := base64.RawURLEncoding.Strict().DecodeString(text)
	if err != nil || strings.ContainsAny(text, "\r\n") {
		return nil, fmt.Errorf("the %s is not base64url without padding", name)
	}
	return data, nil
}
