package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	middleware "example.com/authbook/01-middleware"
	jwtbasics "example.com/authbook/02-jwt-basics"
	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
)

// The chapters don't know each other. Each states what it needs as an
// interface or a function, and the plugs in this file fit one chapter's part
// into the next one's opening.

// issuer and audience are the iss and aud of our access tokens: one server both
// signs and reads them.
const (
	issuer   = "authbook"
	audience = "authbook"
)

// jwt plugs chapter 02 into chapter 03.
type jwt struct {
	signer   *jwtbasics.Signer
	verifier *jwtbasics.Verifier
}

// Sign implements [tokens.JWT].
func (j jwt) Sign(c tokens.Claims) (string, error) {
	return j.signer.Sign(jwtbasics.Claims{
		Issuer:    issuer,
		Audience:  audience,
		Subject:   c.Subject,
		SessionID: c.SessionID,
		TokenID:   c.TokenID,
		IssuedAt:  c.IssuedAt,
		ExpiresAt: c.ExpiresAt,
	})
}

// Verify implements [tokens.JWT].
func (j jwt) Verify(token string) (tokens.Claims, error) {
	c, err := j.verifier.Verify(token)
	if err != nil {
		return tokens.Claims{}, tokenError(err)
	}
	return toClaims(c), nil
}

// VerifyIgnoringExpiry implements [tokens.JWT].
func (j jwt) VerifyIgnoringExpiry(token string) (tokens.Claims, error) {
	c, err := j.verifier.VerifyIgnoringExpiry(token)
	if err != nil {
		return tokens.Claims{}, tokenError(err)
	}
	return toClaims(c), nil
}

// tokenError says in chapter 03's words why chapter 02 refused a token.
func tokenError(err error) error {
	if errors.Is(err, jwtbasics.ErrExpired) {
		return fmt.Errorf("%w: %w", tokens.ErrExpired, err)
	}
	return fmt.Errorf("%w: %w", tokens.ErrInvalid, err)
}

// toClaims leaves out what is the business of chapter 02: issuer and audience.
func toClaims(c jwtbasics.Claims) tokens.Claims {
	return tokens.Claims{
		Subject:   c.Subject,
		SessionID: c.SessionID,
		TokenID:   c.TokenID,
		IssuedAt:  c.IssuedAt,
		ExpiresAt: c.ExpiresAt,
	}
}

// authenticator plugs chapter 03 into chapter 01: a [tokens.Snapshot] is the
// principal of a request.
type authenticator struct {
	sessions *tokens.Sessions
	room     func() bool // for the audit record of a token that is refused
}

// Authenticate implements [middleware.Authenticator].
func (a authenticator) Authenticate(ctx context.Context, token string) (middleware.Principal, error) {
	who, err := a.sessions.Authenticate(ctx, token)
	if isBadToken(err) && !a.room() {
		return nil, errNoRoom()
	}
	if err != nil {
		return nil, err
	}
	return who, nil
}

// snapshot plugs chapter 01 into chapter 03: whom the bearer check found.
func snapshot(ctx context.Context) (tokens.Snapshot, bool) {
	principal, _ := middleware.PrincipalFrom(ctx)
	who, ok := principal.(tokens.Snapshot)
	return who, ok
}

// caller plugs chapters 01 and 03 into chapter 04.
func caller(ctx context.Context) (accounts.Caller, bool) {
	who, ok := snapshot(ctx)
	return accounts.Caller{
		ID:        who.User.ID,
		Username:  who.Username,
		Nickname:  who.Nickname,
		Roles:     who.Roles,
		SessionID: who.Session.ID,
	}, ok
}

// opener plugs chapter 03 into chapter 04: a log-in opens a session, and a new
// password renews one.
type opener struct{ *tokens.Handlers }

// OpenSession implements [accounts.Sessions].
func (o opener) OpenSession(
	w http.ResponseWriter, r *http.Request, userID string, passwordVersion int64,
) (string, error) {
	token, err := o.Handlers.OpenSession(w, r, userID, passwordVersion)
	if errors.Is(err, tokens.ErrUserChanged) {
		return "", accounts.ErrUserChanged
	}
	return token, err
}
