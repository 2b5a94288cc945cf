// Wrong: The clocks of two servers must agree to the nanosecond.
//
// Hint: Three rows near the borders are red. Another server's clock is two seconds
// ahead, and the token it issued now is not valid yet for you. policy.go has a constant
// for that.
//
// Fails:
//   - TestCheckTimes/iat_inside_the_leeway_is_valid
//   - TestCheckTimes/just_inside_the_leeway_after_exp_is_valid
//   - TestCheckTimes/nbf_inside_the_leeway_is_valid
package jwtbasics

import "time"

func checkTimes(c Claims, now time.Time) error {
	if now.Before(c.NotBefore) || now.Before(c.IssuedAt) {
		return ErrNotYetValid
	}
	if !now.Before(c.ExpiresAt) {
		return ErrExpired
	}
	return nil
}
