// Wrong: Each middleware wraps the handler itself, and only the last one is kept.
//
// Hint: A chain of one works; the row shows what a longer one did. If the order is
// backwards: each wrapping adds a layer around what is there, so the last one applied
// ends up outside. If steps are missing: does the loop come to its end, and does each
// step wrap what the one before it made?
//
// Fails:
//   - TestChain/the_first_one_listed_is_the_outermost
//   - TestChain/one_that_answers_by_itself_keeps_the_request_from_the_rest
//   - TestChain/a_chain_is_a_middleware_and_can_stand_in_a_chain
//   - TestChain/the_list_stays_as_the_caller_wrote_it
//   - TestChain/a_chain_protects_each_handler_that_it_wraps
package middleware

import (
	"net/http"
	"slices"
)

func Chain(mws ...Middleware) Middleware {
	return func(next http.Handler) http.Handler {
		h := next
		for _, mw := range slices.Backward(mws) {
			h = mw(next)
		}
		return h
	}
}
