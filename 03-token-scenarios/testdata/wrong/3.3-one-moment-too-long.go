// Wrong: the session still counts in the very moment in which it expires.
//
// Hint: There are three cases: before, after, and exactly at the end. Which
// answer does the third one get from your comparison?
//
// Fails:
//   - TestSnapshot_alive/the_moment_it_expires_does_not
package tokens

func (s Snapshot) alive() error {
	switch {
	case s.Session.Revoked:
		return ErrRevoked
	case s.User.Disabled:
		return ErrDisabled
	case s.Now.After(s.Session.Expires):
		return ErrExpired
	default:
		return nil
	}
}
