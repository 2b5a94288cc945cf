// Wrong: The leeway shortens the token's life instead of lengthening it.
//
// Hint: You move the dates against the token. Leeway is there so that a clock a little
// ahead or behind turns nobody away. Draw the three dates on a line, and mark which way
// each border moves.
//
// Fails:
//   - TestCheckTimes/iat_inside_the_leeway_is_valid
//   - TestCheckTimes/issued_this_very_second_is_valid
//   - TestCheckTimes/just_inside_the_leeway_after_exp_is_valid
//   - TestCheckTimes/nbf_in_the_past_is_valid
//   - TestCheckTimes/nbf_inside_the_leeway_is_valid
package jwtbasics

import "time"

func checkTimes(c Claims, now time.Time) error {
	if now.Before(c.NotBefore.Add(Leeway)) || now.Before(c.IssuedAt.Add(Leeway)) {
		return ErrNotYetValid
	}
	if !now.Before(c.ExpiresAt.Add(-Leeway)) {
		return ErrExpired
	}
	return nil
}
