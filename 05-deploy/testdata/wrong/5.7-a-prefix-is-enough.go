// Wrong: the start of a sum is taken for the whole one, and the empty text
// starts every sum.
//
// Hint: How many digits must be equal? A person compares eight of them, and a
// program all.
//
// Fails:
//   - TestCopyChecked/no_checksum_to_compare_with
//   - TestCopyChecked/the_start_of_the_checksum
package deploy

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
)

func copyChecked(dst io.Writer, src io.Reader, want string) error {
	sum := sha256.New()
	if _, err := io.Copy(io.MultiWriter(dst, sum), src); err != nil {
		return err
	}
	if got := hex.EncodeToString(sum.Sum(nil)); !strings.HasPrefix(got, want) {
		return fmt.Errorf("%w: expected SHA-256 %s, got %s", ErrChecksum, want, got)
	}
	return nil
}
