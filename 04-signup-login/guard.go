package accounts

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"time"

	"example.com/authbook/internal/problem"
)

// pairWindow is how long the failures of one address on one account add up.
const pairWindow = 24 * time.Hour

// guard is a decorator of a verification, as chapter 01 has them of handlers:
// it calls the verification at most when it is the attempt's turn. It slows the
// guessing of passwords, and bounds how many are hashed at once. It counts the
// failures in a store, so that its limits hold across servers and restarts.
type guard struct {
	store ThrottleStore
	pool  *Pool
}

// attempt names what an attempt is counted under.
type attempt struct {
	address string   // whose turn it is to hash
	pair    string   // the key of the account and the address
	budgets []budget // the others; see budget.go
	proof   proof    // what lets it pass them; see proof.go
	// proven says that the proof counts.
	proven bool
	// failed is how often the pair has failed.
	failed int
	// counted says that the pair's failure was counted before the password was
	// looked at; see admit.
	counted bool
}

func newAttempt(account, address string) attempt {
	return attempt{address: address, pair: pairKeyOf(account, address), budgets: budgetsOf(account, address)}
}

// keys are all keys that decide about the attempt.
func (a attempt) keys() []string {
	keys := append(keysOf(a.budgets), a.pair)
	for _, key := range []string{a.proof.key, a.proof.pair} {
		if key != "" {
			keys = append(keys, key)
		}
	}
	return keys
}

// pairKey is the key whose failures the attempt waits for.
func (a attempt) pairKey() string {
	if a.proven && a.proof.pair != "" {
		return a.proof.pair
	}
	return a.pair
}

// accountKeyOf and pairKeyOf hash their parts: people type passwords into the
// name field, and what they type must not be stored. The tag keeps the keys
// apart.
func accountKeyOf(account string) string { return digest("account\x00" + account) }

func pairKeyOf(account, address string) string {
	return digest("pair\x00" + account + "\x00" + address)
}

func digest(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])
}

// try returns nil if verify says that the password is right, and otherwise
// INVALID_CREDENTIALS, TOO_MANY_REQUESTS while the attempt must wait,
// OVERLOADED where it gets no turn, or the error of verify. Verify runs on one
// of the pool's slots.
//
// The failures are looked at twice: before the queue, so that a client that
// must wait hears it at once, and again with the slot in hand. Guesses sent in
// parallel have all passed the first look; for the second, see admit.
func (g guard) try(ctx context.Context, a attempt, verify func() (right bool, err error)) error {
	if _, err := g.weigh(ctx, a); err != nil {
		return err
	}
	release, err := g.pool.Acquire(ctx, a.address)
	if err != nil {
		return err
	}
	defer release()
	a, err = g.admit(ctx, a)
	if err != nil {
		return err
	}
	right, err := verify()
	if err != nil { // the password has not proved wrong
		return errors.Join(err, g.forget(ctx, a))
	}
	if !right {
		return g.refuse(ctx, a)
	}
	return g.forget(ctx, a)
}

// weigh returns the attempt with what its failures say: whether its proof lets it
// past the budgets, and how often its pair has failed. It returns
// TOO_MANY_REQUESTS while the attempt must wait. It counts nothing: an attempt
// during the wait does not make it longer.
func (g guard) weigh(ctx context.Context, a attempt) (attempt, error) {
	found, err := g.store.Failures(ctx, a.keys()...)
	if err != nil {
		return a, unavailable(err)
	}
	a.proven = a.proof.genuine && spent(found, a.proof.budget()) <= 0
	pair := found[a.pairKey()]
	a.failed = pair.Count
	wait := remaining(backoff(pair.Count), pair.SinceLast)
	if !a.proven {
		wait = max(wait, spent(found, a.budgets...))
	}
	return a, throttled(wait)
}

// admit looks at the failures of an attempt whose password is verified next.
// Once a failure costs time, it counts the attempt as failed beforehand: of all
// the guesses that one address sends at once, to however many servers, one gets
// through per wait. Without that, a guesser could spend the account's budget
// alone, and keep its owner out.
func (g guard) admit(ctx context.Context, a attempt) (attempt, error) {
	for {
		a, err := g.weigh(ctx, a)
		if err != nil || a.failed < freeFailures {
			return a, err
		}
		a.counted, err = g.store.AddFailureTo(ctx, a.pairKey(), a.failed, pairWindow)
		if err != nil {
			return a, unavailable(err)
		}
		if a.counted {
			return a, nil
		}
		// Another attempt came first. Look again at what it has left.
	}
}

// refuse counts a wrong password and returns INVALID_CREDENTIALS. It counts
// even if the client has gone meanwhile: otherwise hanging up early would make
// guesses free. What can't be counted is not told as a wrong password.
func (g guard) refuse(ctx context.Context, a attempt) error {
	ctx = context.WithoutCancel(ctx)
	if err := g.spend(ctx, a.budgets); err != nil {
		return err
	}
	if a.proof.key != "" {
		if err := g.spend(ctx, []budget{a.proof.budget()}); err != nil {
			return err
		}
	}
	if a.counted {
		return problem.New(problem.InvalidCredentials, "")
	}
	if err := g.store.AddFailure(ctx, a.pairKey(), pairWindow); err != nil {
		return unavailable(err)
	}
	return problem.New(problem.InvalidCredentials, "")
}

// forget forgets the failures of this address, even if the client has gone
// meanwhile: one of them may be the attempt itself, see admit. The budgets stay
// as they are: the owner's log-in must not give an attacker elsewhere a new one,
// nor one's own log-in new guesses at others.
func (g guard) forget(ctx context.Context, a attempt) error {
	ctx = context.WithoutCancel(ctx)
	// Most log-ins have nothing to forget, and a read is cheaper than a write.
	found, err := g.store.Failures(ctx, a.pairKey())
	if err != nil {
		return unavailable(err)
	}
	if found[a.pairKey()].Count == 0 {
		return nil
	}
	if err := g.store.Forget(ctx, a.pairKey()); err != nil {
		return unavailable(err)
	}
	return nil
}
