// Wrong: the lifetime is a count of seconds where nanoseconds are meant: the
// token is dead when it is born.
//
// Hint: Each failing row prints the time it expected and the one that came. How
// far apart are they? Almost nothing: a time.Duration counts nanoseconds.
// Years: a field has no value, or that of another clock.
//
// Fails:
//   - TestClaimsFor/lives_for_fifteen_minutes
//   - TestClaimsFor/never_outlives_its_session
//   - TestClaimsFor/the_session's_end_is_cut_to_whole_seconds_too
//   - TestClaimsFor/times_are_whole_seconds,_because_a_JWT_holds_no_more
package tokens

import (
	"crypto/rand"
	"time"
)

func claimsFor(s Session, now time.Time) Claims {
	issued := now.Truncate(time.Second)
	expires := issued.Add(time.Duration(AccessTTL.Seconds()))
	if s.Expires.Before(expires) {
		expires = s.Expires.Truncate(time.Second)
	}
	return Claims{
		Subject:   s.UserID,
		SessionID: s.ID,
		TokenID:   rand.Text(),
		IssuedAt:  issued,
		ExpiresAt: expires,
	}
}
