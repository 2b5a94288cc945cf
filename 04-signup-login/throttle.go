package accounts

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"example.com/authbook/internal/problem"
)

const (
	// accountBudget is how many failures all addresses together have for one
	// account within accountWindow: a botnet has many addresses.
	accountBudget = 100
	accountWindow = time.Hour
	// pairWindow is how long the failures of one address on one account add up.
	pairWindow = 24 * time.Hour

	// failureAge is when a failure no longer counts for anything.
	failureAge = pairWindow
	// sweepStep is how many rows one step of a sweep removes.
	sweepStep = 1000
)

// throttle slows the guessing of passwords. It counts failures in a store, so
// that its limits hold across servers and restarts.
type throttle struct {
	store ThrottleStore
}

// attempt names what an attempt is counted under.
type attempt struct {
	account string // the key of the account alone
	pair    string // the key of the account and the address
	// counted says that the pair's failure was counted before the password was
	// looked at; see admit.
	counted bool
}

// newAttempt hashes its parts: people type passwords into the name field, and
// what they type must not be stored. The tag keeps the two keys apart.
func newAttempt(account, address string) attempt {
	return attempt{
		account: digest("account\x00" + account),
		pair:    digest("pair\x00" + account + "\x00" + address),
	}
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// check returns TOO_MANY_REQUESTS while the attempt must wait. It counts
// nothing: an attempt during the wait does not make it longer.
func (t throttle) check(ctx context.Context, a attempt) error {
	_, err := t.failures(ctx, a)
	return err
}

// failures returns how often the pair has failed, or TOO_MANY_REQUESTS while
// the attempt must wait.
func (t throttle) failures(ctx context.Context, a attempt) (count int, err error) {
	pair, err := t.store.Failures(ctx, a.pair)
	if err != nil {
		return 0, unavailable(err)
	}
	account, err := t.store.Failures(ctx, a.account)
	if err != nil {
		return 0, unavailable(err)
	}
	wait := remaining(backoff(pair.Count), pair.SinceLast)
	if account.Count >= accountBudget {
		wait = max(wait, remaining(accountWindow, account.SinceOpen))
	}
	if wait > 0 {
		return 0, problem.RetryLater(problem.TooManyRequests, wait, nil)
	}
	return pair.Count, nil
}

// admit is check for an attempt whose password is looked at next. Once a
// failure costs time, it counts the attempt as failed beforehand: of all the
// guesses that one address sends at once, to however many servers, one gets
// through per wait. Without that, a guesser could spend the account's budget
// alone, and keep its owner out.
func (t throttle) admit(ctx context.Context, a attempt) (attempt, error) {
	for {
		count, err := t.failures(ctx, a)
		if err != nil || count < freeFailures {
			return a, err
		}
		a.counted, err = t.store.AddFailureTo(ctx, a.pair, count, pairWindow)
		if err != nil {
			return a, unavailable(err)
		}
		if a.counted {
			return a, nil
		}
		// Another attempt came first. Look again at what it has left.
	}
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

// failed counts a wrong password. It does so even if the client has gone
// meanwhile: else hanging up early would make guesses free.
func (t throttle) failed(ctx context.Context, a attempt) error {
	ctx = context.WithoutCancel(ctx)
	if err := t.store.AddFailure(ctx, a.account, accountWindow); err != nil {
		return unavailable(err)
	}
	if a.counted {
		return nil
	}
	if err := t.store.AddFailure(ctx, a.pair, pairWindow); err != nil {
		return unavailable(err)
	}
	return nil
}

// forget forgets the failures of this address, even if the client has gone
// meanwhile: one of them may be the attempt itself, see admit. Those of the
// account stay: its owner's log-in must not give an attacker elsewhere a new
// budget.
func (t throttle) forget(ctx context.Context, a attempt) error {
	ctx = context.WithoutCancel(ctx)
	// Most log-ins have nothing to forget, and a read is cheaper than a write.
	pair, err := t.store.Failures(ctx, a.pair)
	if err != nil {
		return unavailable(err)
	}
	if pair.Count == 0 {
		return nil
	}
	if err := t.store.Forget(ctx, a.pair); err != nil {
		return unavailable(err)
	}
	return nil
}

// SweepFailures removes the failures that no longer count, in short steps that
// let requests through in between. Call it now and then.
func SweepFailures(ctx context.Context, store ThrottleStore) error {
	for {
		n, err := store.DeleteOldFailures(ctx, failureAge, sweepStep)
		if err != nil || n < sweepStep {
			return err
		}
	}
}
