// Wrong: The clock on the wall is read instead of the parameter now.
//
// Hint: Whatever is not expired, you call expired. All dates of these rows lie in 2001,
// and so does the parameter now. With which moment do you compare, and in which
// direction?
//
// Fails:
//   - TestCheckTimes/expired_and_not_valid_yet_is_not_called_expired
//   - TestCheckTimes/iat_beyond_the_leeway_is_not_valid_yet
//   - TestCheckTimes/iat_inside_the_leeway_is_valid
//   - TestCheckTimes/issued_before,_expiring_after,_is_valid
//   - TestCheckTimes/issued_this_very_second_is_valid
//   - TestCheckTimes/just_inside_the_leeway_after_exp_is_valid
//   - TestCheckTimes/nbf_beyond_the_leeway_is_not_valid_yet
//   - TestCheckTimes/nbf_in_the_past_is_valid
//   - TestCheckTimes/nbf_inside_the_leeway_is_valid
package jwtbasics

import "time"

func checkTimes(c Claims, now time.Time) error {
	now = time.Now()
	if now.Before(c.NotBefore.Add(-Leeway)) || now.Before(c.IssuedAt.Add(-Leeway)) {
		return ErrNotYetValid
	}
	if !now.Before(c.ExpiresAt.Add(Leeway)) {
		return ErrExpired
	}
	return nil
}
