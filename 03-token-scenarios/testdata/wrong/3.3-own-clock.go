// Wrong: it asks this machine's clock, although the store told the time of the
// read.
//
// Hint: In both failing rows the session's time is over, and yours lets it live
// on. Which two times do you compare? Both must come from the snapshot.
//
// Fails:
//   - TestSnapshot_alive/long_after_that_it_is_over_too
//   - TestSnapshot_alive/the_moment_it_expires_does_not
package tokens

import "time"

func (s Snapshot) alive() error {
	switch {
	case s.Session.Revoked:
		return ErrRevoked
	case s.User.Disabled:
		return ErrDisabled
	case !time.Now().Before(s.Session.Expires):
		return ErrExpired
	default:
		return nil
	}
}
