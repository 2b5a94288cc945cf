// Wrong: An expired token that is not valid yet either is called expired.
//
// Hint: Each date is judged rightly, in an order that loses something. Log-out forgives
// ErrExpired and nothing else. So that error must mean: nothing else is wrong. Which
// check comes last?
//
// Fails:
//   - TestCheckTimes/expired_and_not_valid_yet_is_not_called_expired
package jwtbasics

import "time"

func checkTimes(c Claims, now time.Time) error {
	if !now.Before(c.ExpiresAt.Add(Leeway)) {
		return ErrExpired
	}
	if now.Before(c.NotBefore.Add(-Leeway)) || now.Before(c.IssuedAt.Add(-Leeway)) {
		return ErrNotYetValid
	}
	return nil
}
