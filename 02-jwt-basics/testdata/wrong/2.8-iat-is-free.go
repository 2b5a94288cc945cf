// Wrong: A token may be issued in the future.
//
// Hint: iat tells when the token was made, and yours may be made tomorrow. The limit on
// its life is exp minus iat. Who moves both dates ahead has a token that is good for
// longer.
//
// Fails:
//   - TestCheckTimes/iat_beyond_the_leeway_is_not_valid_yet
package jwtbasics

import "time"

func checkTimes(c Claims, now time.Time) error {
	if now.Before(c.NotBefore.Add(-Leeway)) {
		return ErrNotYetValid
	}
	if !now.Before(c.ExpiresAt.Add(Leeway)) {
		return ErrExpired
	}
	return nil
}
