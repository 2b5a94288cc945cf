// Wrong: the bytes are hashed, and none is left to copy.
//
// Hint: A reader can be read once. io.MultiWriter makes two writers one.
//
// Fails:
//   - TestCopyChecked/bytes_that_arrived_as_they_were_sent
//   - TestCopyChecked/bytes_that_came_one_at_a_time
package deploy

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
)

func copyChecked(dst io.Writer, src io.Reader, want string) error {
	sum := sha256.New()
	if _, err := io.Copy(sum, src); err != nil {
		return err
	}
	if got := hex.EncodeToString(sum.Sum(nil)); got != want {
		return fmt.Errorf("%w: expected SHA-256 %s, got %s", ErrChecksum, want, got)
	}
	_, err := io.Copy(dst, src)
	return err
}
