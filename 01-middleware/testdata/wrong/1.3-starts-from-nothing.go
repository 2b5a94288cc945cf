// Wrong: The innermost middleware wraps nil in place of the handler.
//
// Hint: The handler never runs. Only the row passes in which no request may reach it.
// Where does the handler get into your layers, and what does the innermost one call now?
//
// Fails:
//   - TestChain/a_chain_of_none_is_the_handler_itself
//   - TestChain/a_chain_of_one_goes_around_the_handler
//   - TestChain/the_first_one_listed_is_the_outermost
//   - TestChain/a_chain_is_a_middleware_and_can_stand_in_a_chain
//   - TestChain/the_list_stays_as_the_caller_wrote_it
//   - TestChain/a_chain_protects_each_handler_that_it_wraps
//   - TestChain/wrapping_is_done_once,_not_at_each_request
package middleware

import (
	"net/http"
	"slices"
)

func Chain(mws ...Middleware) Middleware {
	var h http.Handler
	for _, mw := range slices.Backward(mws) {
		h = mw(h)
	}
	return func(next http.Handler) http.Handler { return h }
}
