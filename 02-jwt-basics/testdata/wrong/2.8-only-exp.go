// Wrong: nbf and iat are not looked at.
//
// Hint: A token from next year is valid today. The claims hold three dates, and you read
// one.
//
// Fails:
//   - TestCheckTimes/expired_and_not_valid_yet_is_not_called_expired
//   - TestCheckTimes/iat_beyond_the_leeway_is_not_valid_yet
//   - TestCheckTimes/nbf_beyond_the_leeway_is_not_valid_yet
package jwtbasics

import "time"

func checkTimes(c Claims, now time.Time) error {
	if !now.Before(c.ExpiresAt.Add(Leeway)) {
		return ErrExpired
	}
	return nil
}
