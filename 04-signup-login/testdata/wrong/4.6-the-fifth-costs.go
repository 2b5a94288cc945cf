// Wrong: the fifth failure is not free, and it panics there.
//
// Hint: Five failures are free, so the fifth is the last of them. Look at the
// comparison, and at what you shift by when there are five.
//
// Fails:
//   - TestBackoff/the_fifth_is_the_last_that_is_free
package accounts

import "time"

func backoff(failures int) time.Duration {
	if failures < freeFailures {
		return 0
	}
	return min(time.Second<<min(failures-freeFailures-1, 9), maxBackoff)
}
