package tokens

import (
	"crypto/rand"
	"errors"
	"time"
)

// AccessTTL is how long an access token lives: short, because everybody who
// holds it is taken for the user.
const AccessTTL = 15 * time.Minute

// Claims is what an access token says. Issuer and audience are the business of
// the [JWT] implementation.
type Claims struct {
	Subject   string    // sub: the user's id
	SessionID string    // sid: the session's id
	TokenID   string    // jti: unique per token
	IssuedAt  time.Time // iat, in whole seconds
	ExpiresAt time.Time // exp, in whole seconds
}

// Errors of a token, whatever its kind.
var (
	// ErrExpired says that the token was good and its time is over.
	ErrExpired = errors.New("tokens: expired")
	// ErrInvalid says that the token is not one that this server issued.
	ErrInvalid = errors.New("tokens: invalid")
)

// JWT signs and verifies access tokens (RFC 7519, RFC 9068).
type JWT interface {
	// Sign returns the compact serialization.
	Sign(Claims) (string, error)

	// Verify returns the claims of a token that Sign issued and whose time
	// is not over. Otherwise the error is ErrExpired or ErrInvalid.
	Verify(token string) (Claims, error)

	// VerifyIgnoringExpiry is Verify without the look at exp. It is for
	// log-out alone: an expired token still says which session to end.
	VerifyIgnoringExpiry(token string) (Claims, error)
}

// claimsFor returns the claims of a new access token for the session. Times are
// cut to whole seconds, which is what a JWT holds (RFC 7519 section 2,
// NumericDate). The token never outlives its session.
//
//workbook:exercise 3.1 TestClaimsFor(_.*)?|TestSessions_Open(_.*)?|TestHandlers_OpenSession_refused
func claimsFor(s Session, now time.Time) Claims {
	issued := now.Truncate(time.Second)
	expires := issued.Add(AccessTTL)
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
