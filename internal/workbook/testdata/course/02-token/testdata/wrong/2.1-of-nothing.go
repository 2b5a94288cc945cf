// Wrong: the sum of what was written so far, which is nothing.
//
// Hint: When does the text come in?
//
// Fails:
//   - TestSum/of_abc
package token

import (
	"crypto/sha256"
	"encoding/hex"
)

func Sum(s string) string {
	return hex.EncodeToString(sha256.New().Sum(nil))
}
