// Wrong: The caller's list is reversed in place, at each wrapping.
//
// Hint: The order depends on how often something was wrapped before. Your code changes
// the list itself, and the list is the caller's. Is there a way to read it from its end
// and leave it as it is?
//
// Fails:
//   - TestChain/the_list_stays_as_the_caller_wrote_it
//   - TestChain/a_chain_protects_each_handler_that_it_wraps
package middleware

import (
	"net/http"
	"slices"
)

func Chain(mws ...Middleware) Middleware {
	return func(next http.Handler) http.Handler {
		slices.Reverse(mws)
		for _, mw := range mws {
			next = mw(next)
		}
		return next
	}
}
