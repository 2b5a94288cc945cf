// Wrong: it asks this machine's clock, although the store told the time of the
// read.
//
// Hint: The tests hold two clocks far apart. Look at the fields of Snapshot:
// whose time is Now, and where does yours come from?
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
