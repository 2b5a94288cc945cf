// Wrong: At the very moment of exp plus leeway the token is still valid.
//
// Hint: One instant too long: exp is the first moment that is too late (RFC 7519 section
// 4.1.4: on or after). now.After(x) is false when both are the same.
//
// Fails:
//   - TestCheckTimes/at_exp_plus_leeway_it_has_expired
package jwtbasics

import "time"

func checkTimes(c Claims, now time.Time) error {
	if now.Before(c.NotBefore.Add(-Leeway)) || now.Before(c.IssuedAt.Add(-Leeway)) {
		return ErrNotYetValid
	}
	if now.After(c.ExpiresAt.Add(Leeway)) {
		return ErrExpired
	}
	return nil
}
