// Wrong: the sum is made and never compared.
//
// Hint: You have two sums at the end. What if they differ?
//
// Shows: in chain but got nil
//
// Fails:
//   - TestCopyChecked/bytes_that_end_too_early
//   - TestCopyChecked/bytes_that_were_added
//   - TestCopyChecked/bytes_that_were_changed
//   - TestCopyChecked/no_bytes
//   - TestCopyChecked/no_checksum_to_compare_with
//   - TestCopyChecked/the_start_of_the_checksum
package deploy

import (
	"crypto/sha256"
	"io"
)

func copyChecked(dst io.Writer, src io.Reader, _ string) error {
	sum := sha256.New()
	_, err := io.Copy(io.MultiWriter(dst, sum), src)
	return err
}
