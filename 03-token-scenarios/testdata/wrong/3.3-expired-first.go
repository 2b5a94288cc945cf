// Wrong: the time is looked at first, so a log-out reads as idleness once the
// session's time is over.
//
// Hint: Two of the three things can be true at once. The rows that fail say
// which answer wins then: look at the order of your questions.
//
// Fails:
//   - TestSnapshot_alive/disabled_comes_before_expired
//   - TestSnapshot_alive/revoked_comes_before_expired,_or_a_log-out_would_read_as_idleness
package tokens

func (s Snapshot) alive() error {
	switch {
	case !s.Now.Before(s.Session.Expires):
		return ErrExpired
	case s.Session.Revoked:
		return ErrRevoked
	case s.User.Disabled:
		return ErrDisabled
	default:
		return nil
	}
}
