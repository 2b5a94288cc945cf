// Wrong: the first wait is two seconds, and for many failures the wait
// overflows.
//
// Hint: Two things are left. Mend the first row first: how often has the wait
// doubled at the sixth failure? Then work out by hand what the shift gives for
// 40 failures.
//
// Fails:
//   - TestBackoff/a_thousand_are_capped
//   - TestBackoff/as_many_as_there_are_numbers
//   - TestBackoff/so_many_that_shifting_by_them_gives_a_negative_number
//   - TestBackoff/so_many_that_shifting_by_them_gives_zero
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
	wait := time.Second << (failures - freeFailures)
	if wait > maxBackoff {
		return maxBackoff
	}
	return wait
}
