//go:build !linux

package web

import "errors"

// freeBytes is known on Linux alone: there the server is operated.
func freeBytes(string) (uint64, error) { return 0, errors.ErrUnsupported }
