// Wrong: a sum that is cut off is accepted.
//
// Hint: How much of the sum do you compare? What about none of it?
//
// Fails:
//   - TestSame/no_sum
package token

import "strings"

func Same(s, sum string) bool {
	return strings.HasPrefix(Sum(s), sum)
}
