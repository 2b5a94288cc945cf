package greet

import (
	"errors"
	"math/rand/v2"
)

// ErrNobody is returned when there is nobody to pick.
var ErrNobody = errors.New("nobody to pick")

// Box holds names.
type Box[T any] struct{ names []T }

// Pick returns one of the names.
//
//workbook:exercise 1.5
func (b *Box[T]) Pick(random *rand.Rand) (T, error) {
	if len(b.names) == 0 {
		var none T
		return none, ErrNobody
	}
	return b.names[random.IntN(len(b.names))], nil
}
