// Wrong: every token of a session has the same name, that of the session.
//
// Hint: Two tokens of one session must differ by name, else a log can't tell
// them apart. One field of Claims names the session already. Which one names
// the token?
//
// Fails:
//   - TestClaimsFor_givesEachTokenAName
package tokens

import "time"

func claimsFor(s Session, now time.Time) Claims {
	issued := now.Truncate(time.Second)
	expires := issued.Add(AccessTTL)
	if s.Expires.Before(expires) {
		expires = s.Expires.Truncate(time.Second)
	}
	return Claims{
		Subject:   s.UserID,
		SessionID: s.ID,
		TokenID:   s.ID,
		IssuedAt:  issued,
		ExpiresAt: expires,
	}
}
