// Wrong: The caller's own list is reversed in place.
//
// Hint: The first chain is right. The second one that is made of the same list runs
// backwards. A variadic parameter that is called with list... shares the memory of that
// list, so whatever changes one changes the other.
//
// Fails:
//   - TestChain/the_list_stays_as_the_caller_wrote_it
package middleware

import (
	"net/http"
	"slices"
)

func Chain(mws ...Middleware) Middleware {
	slices.Reverse(mws)
	return func(next http.Handler) http.Handler {
		for _, mw := range mws {
			next = mw(next)
		}
		return next
	}
}
