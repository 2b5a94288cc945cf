// Wrong: What each middleware returns is thrown away.
//
// Hint: Even in a chain of one a step is missing; the row shows which steps ran. If none
// ran: keep what a middleware returns, for that is the wrapped handler. If only the
// first one listed is missing: write down the values that your index takes for a list of
// one.
//
// Fails:
//   - TestChain/a_chain_of_one_goes_around_the_handler
//   - TestChain/the_first_one_listed_is_the_outermost
//   - TestChain/one_that_answers_by_itself_keeps_the_request_from_the_rest
//   - TestChain/a_chain_is_a_middleware_and_can_stand_in_a_chain
//   - TestChain/the_list_stays_as_the_caller_wrote_it
//   - TestChain/a_chain_protects_each_handler_that_it_wraps
package middleware

import (
	"net/http"
)

func Chain(mws ...Middleware) Middleware {
	return func(next http.Handler) http.Handler {
		for _, mw := range mws {
			mw(next)
		}
		return next
	}
}
