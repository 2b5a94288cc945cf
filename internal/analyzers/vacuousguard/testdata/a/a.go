// Package a is tested by guards, good and bad.
package a

import "errors"

// ErrExpired is what the tests wait for.
var ErrExpired = errors.New("expired")

func verify(string) (string, error) { return "", nil }
