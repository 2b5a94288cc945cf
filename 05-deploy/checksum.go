package deploy

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
)

// ErrChecksum means that bytes did not arrive as they were sent.
var ErrChecksum = errors.New("the checksum is wrong")

// copyChecked copies src to dst and compares the SHA-256 of what passed with
// want, in lower-case hex. It returns ErrChecksum where they differ: what is
// in dst must then not be used.
//
//workbook:exercise 5.7
func copyChecked(dst io.Writer, src io.Reader, want string) error {
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(dst, sum), src); err != nil {
		return err
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != want {
		return fmt.Errorf("%w: expected SHA-256 %s, got %s", ErrChecksum, want, got)
	}
	return nil
}
