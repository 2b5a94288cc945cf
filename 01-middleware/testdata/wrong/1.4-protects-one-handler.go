// Wrong: The position in the list lives outside the function that wraps, so only the
// first handler is wrapped.
//
// Hint: The chain is right for the first handler that it wraps, and wrong for the
// second: a route without its lock, or with a neighbour's answer. Which of your
// variables keeps its value from the first wrapping to the second?
//
// Fails:
//   - TestChain/a_chain_protects_each_handler_that_it_wraps
package middleware

import "net/http"

func Chain(mws ...Middleware) Middleware {
	i := len(mws) - 1
	return func(next http.Handler) http.Handler {
		for ; i >= 0; i-- {
			next = mws[i](next)
		}
		return next
	}
}
