// Wrong: A token without exp never expires.
//
// Hint: You take a zero date for no limit. So whoever gets a token signed without exp
// stays for ever. Twelve of thirteen submissions to a public exercise did that. What
// does the zero time say when you compare it like any other?
//
// Fails:
//   - TestCheckTimes/without_exp_it_has_expired
package jwtbasics

import "time"

func checkTimes(c Claims, now time.Time) error {
	if now.Before(c.NotBefore.Add(-Leeway)) || now.Before(c.IssuedAt.Add(-Leeway)) {
		return ErrNotYetValid
	}
	if !c.ExpiresAt.IsZero() && !now.Before(c.ExpiresAt.Add(Leeway)) {
		return ErrExpired
	}
	return nil
}
