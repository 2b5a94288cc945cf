// Wrong: it shifts by the number of failures, and a large shift gives zero or
// less.
//
// Hint: time.Duration is a number of 64 bits. Work out by hand what the shift
// gives for 40 failures, and then what your bound makes of that.
//
// Fails:
//   - TestBackoff/a_thousand_are_capped
//   - TestBackoff/as_many_as_there_are_numbers
//   - TestBackoff/so_many_that_shifting_by_them_gives_a_negative_number
//   - TestBackoff/so_many_that_shifting_by_them_gives_zero
package accounts

import "time"

func backoff(failures int) time.Duration {
	if failures <= freeFailures {
		return 0
	}
	return min(time.Second<<(failures-freeFailures-1), maxBackoff)
}
