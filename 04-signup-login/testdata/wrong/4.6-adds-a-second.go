// Wrong: each failure adds a second, where it should double the wait.
//
// Hint: The wait grows 1, 2, 3. The doc comment says 1, 2, 4. How long would a
// guesser wait for a thousand guesses, one way and the other?
//
// Fails:
//   - TestBackoff/as_many_as_there_are_numbers
//   - TestBackoff/so_many_that_shifting_by_them_gives_a_negative_number
//   - TestBackoff/so_many_that_shifting_by_them_gives_zero
//   - TestBackoff/the_eighth_costs_twice_that_again
//   - TestBackoff/the_fifteenth_is_capped
//   - TestBackoff/the_fourteenth_is_the_last_below_the_cap
package accounts

import "time"

func backoff(failures int) time.Duration {
	if failures <= freeFailures {
		return 0
	}
	return min(time.Duration(failures-freeFailures)*time.Second, maxBackoff)
}
