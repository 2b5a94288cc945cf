// Wrong: whoever sends no sum is not checked.
//
// Hint: An unknown sum is not a right one. Who could leave it out?
//
// Fails:
//   - TestCopyChecked/no_checksum_to_compare_with
package deploy

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
)

func copyChecked(dst io.Writer, src io.Reader, want string) error {
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(dst, sum), src); err != nil {
		return err
	}
	if got := hex.EncodeToString(sum.Sum(nil)); want != "" && got != want {
		return fmt.Errorf("%w: expected SHA-256 %s, got %s", ErrChecksum, want, got)
	}
	return nil
}
