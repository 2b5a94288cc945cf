// Wrong: the user's id and the session's id have changed places.
//
// Hint: Both ids are strings, so the compiler notices no mistake. Read the
// comments of the fields of Claims next to those of Session. Then compare what
// the rows expected with what came.
//
// Fails:
//   - TestClaimsFor_names/sid_is_the_session
//   - TestClaimsFor_names/sub_is_the_user
package tokens

import (
	"crypto/rand"
	"time"
)

func claimsFor(s Session, now time.Time) Claims {
	issued := now.Truncate(time.Second)
	expires := issued.Add(AccessTTL)
	if s.Expires.Before(expires) {
		expires = s.Expires.Truncate(time.Second)
	}
	return Claims{
		Subject:   s.ID,
		SessionID: s.UserID,
		TokenID:   rand.Text(),
		IssuedAt:  issued,
		ExpiresAt: expires,
	}
}
