// Package a chooses from errors, and from what is none.
package a

import (
	"cmp"
	or "cmp"
	"errors"
)

type failure struct{ error }

func one() error   { return errors.New("one") }
func two() error   { return nil }
func own() failure { return failure{} }

func bad() []error {
	all := []error{one(), two()}
	choose := cmp.Or[error] // want `return early`
	return []error{
		cmp.Or(one(), two()), // want `cmp.Or runs all its arguments`
		cmp.Or(all...),       // want `return early`
		cmp.Or(own(), own()), // want `return early`
		or.Or(one(), two()),  // want `return early`
		choose(all...),
		anyOf(one(), two()),
	}
}

func anyOf[E interface {
	comparable
	error
}](all ...E) E {
	return cmp.Or(all...) // want `return early`
}

func good() []any {
	return []any{
		cmp.Or(one().Error(), two().Error()),
		cmp.Or(cmp.Compare(1, 2), cmp.Compare(2, 1)),
		errors.Join(one(), two()),
		Or(one(), two()),
	}
}

// Or is another one.
func Or[E any](all ...E) E { return all[0] }
