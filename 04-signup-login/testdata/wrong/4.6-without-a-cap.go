// Wrong: it stops doubling at 512 seconds, which is past the longest wait.
//
// Hint: Nine doublings are more than five minutes. The owner of the account
// waits as long as the guesser does. Which constant says how long is too long?
//
// Fails:
//   - TestBackoff/a_thousand_are_capped
//   - TestBackoff/as_many_as_there_are_numbers
//   - TestBackoff/so_many_that_shifting_by_them_gives_a_negative_number
//   - TestBackoff/so_many_that_shifting_by_them_gives_zero
//   - TestBackoff/the_fifteenth_is_capped
package accounts

import "time"

func backoff(failures int) time.Duration {
	if failures <= freeFailures {
		return 0
	}
	return time.Second << min(failures-freeFailures-1, 9)
}
