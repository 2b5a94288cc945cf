// Package lesson is a chapter in the middle of being worked through: some of
// its exercises are blank, one is wrong, one panics, and one is right.
package lesson

//workbook:exercise 9.1
func Right(n int) int { return n + 1 }

//workbook:exercise 9.2
func Blank(n int) int {
	panic("TODO 9.2 Blank")
}

//workbook:exercise 9.3
func Panics(n int) int { return []int{}[n] }

type Box[T any] struct{ value T }

// Get is a method of a generic type.
//
//workbook:exercise 9.10
func (b *Box[T]) Get() T {
	// May need: import "errors"
	panic("TODO 9.10 Box.Get")
}

// NotBlank panics for a reason of its own.
//
//workbook:exercise 9.5
func NotBlank() { panic("TODO later") }

// UsesBlank is written, and leans on an exercise that is not.
//
//workbook:exercise 9.6
func UsesBlank(n int) int { return Blank(n) }
