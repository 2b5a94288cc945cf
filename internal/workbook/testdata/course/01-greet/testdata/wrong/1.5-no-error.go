// Wrong: an empty box gives no error.
//
// Hint: How does a caller learn that there was nobody?
//
// Fails:
//   - TestBox_Pick/of_nobody
package greet

import rnd "math/rand/v2"

func (b *Box[T]) Pick(random *rnd.Rand) (T, error) {
	if len(b.names) == 0 {
		var none T
		return none, nil
	}
	return b.names[random.IntN(len(b.names))], nil
}
