// Wrong: the first wait is two seconds, and each next one is twice what it
// should be.
//
// Hint: The sixth failure is the first that costs something. How often has the
// wait doubled then?
//
// Fails:
//   - TestBackoff/the_eighth_costs_twice_that_again
//   - TestBackoff/the_fourteenth_is_the_last_below_the_cap
//   - TestBackoff/the_seventh_costs_twice_that
//   - TestBackoff/the_sixth_costs_a_second
package accounts

import "time"

func backoff(failures int) time.Duration {
	if failures <= freeFailures {
		return 0
	}
	return min(time.Second<<min(failures-freeFailures, 9), maxBackoff)
}
