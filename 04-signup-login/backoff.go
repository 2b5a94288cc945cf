package accounts

import "time"

const (
	// freeFailures cost nothing: people mistype.
	freeFailures = 5
	// maxBackoff is the longest that one address waits for one account. A
	// longer one would punish the owner more than the guesser.
	maxBackoff = 5 * time.Minute
)

// backoff is how long after its last failure the next attempt must wait, by how
// many have failed: nothing for the first five, then 1 s, 2 s, 4 s and so on,
// up to 5 minutes.
//
//workbook:exercise 4.6 TestBackoff
func backoff(failures int) time.Duration {
	if failures <= freeFailures {
		return 0
	}
	// 2⁹ s is past the cap; more doublings would in time overflow.
	doublings := min(failures-freeFailures-1, 9)
	return min(time.Second<<doublings, maxBackoff)
}

// remaining is what is left of a wait. A clock that was set back makes since
// negative. Nobody waits until it has caught up: past the length of the wait
// itself the attempt may go on, and if it fails it is dated anew.
func remaining(wait, since time.Duration) time.Duration {
	if since < -wait {
		return 0
	}
	return wait - max(since, 0)
}
