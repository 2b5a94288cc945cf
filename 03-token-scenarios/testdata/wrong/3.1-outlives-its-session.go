// Wrong: the end of the session is not looked at, so its last access token
// lives on after it.
//
// Hint: A session may end in one minute, and its token must not outlive it.
// Where does your code ask for the session's end?
//
// Fails:
//   - TestClaimsFor/never_outlives_its_session
//   - TestClaimsFor/the_session's_end_is_cut_to_whole_seconds_too
package tokens

import (
	"crypto/rand"
	"time"
)

func claimsFor(s Session, now time.Time) Claims {
	issued := now.Truncate(time.Second)
	return Claims{
		Subject:   s.UserID,
		SessionID: s.ID,
		TokenID:   rand.Text(),
		IssuedAt:  issued,
		ExpiresAt: issued.Add(AccessTTL),
	}
}
