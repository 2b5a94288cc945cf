// Wrong: the times keep their fractions of a second, which a JWT cannot hold.
//
// Hint: A JWT holds whole seconds, so what you signed is not what the verifier
// reads. Look at both ways in which exp gets its value.
//
// Fails:
//   - TestClaimsFor/the_session's_end_is_cut_to_whole_seconds_too
//   - TestClaimsFor/times_are_whole_seconds,_because_a_JWT_holds_no_more
package tokens

import (
	"crypto/rand"
	"time"
)

func claimsFor(s Session, now time.Time) Claims {
	expires := now.Add(AccessTTL)
	if s.Expires.Before(expires) {
		expires = s.Expires
	}
	return Claims{
		Subject:   s.UserID,
		SessionID: s.ID,
		TokenID:   rand.Text(),
		IssuedAt:  now,
		ExpiresAt: expires,
	}
}
