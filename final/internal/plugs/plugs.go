// Package plugs fits the chapters together. They don't know each other: each
// states what it needs as an interface or a function, and the plugs fit one
// chapter's part into the next one's opening. The server has one set of them, and
// its lab another, with keys and a clock of its own.
package plugs

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	middleware "example.com/authbook/01-middleware"
	jwtbasics "example.com/authbook/02-jwt-basics"
	tokens "example.com/authbook/03-token-scenarios"
	accounts "example.com/authbook/04-signup-login"
)

// issuer and audience are the iss and aud of our access tokens: one server both
// signs and reads them.
const (
	issuer   = "authbook"
	audience = "authbook"
)

// JWT plugs chapter 02 into chapter 03.
type JWT struct {
	signer   *jwtbasics.Signer
	verifier *jwtbasics.Verifier
}

// NewJWT returns what signs and verifies tokens with the secrets of the ring. The
// clock is the one that they are judged by.
func NewJWT(ring *jwtbasics.KeyRing, now func() time.Time) (JWT, error) {
	verifier, err := jwtbasics.NewVerifier(ring, Policy(now))
	if err != nil {
		return JWT{}, err
	}
	return JWT{jwtbasics.NewSigner(ring), verifier}, nil
}

// Policy is what our access tokens must say.
func Policy(now func() time.Time) jwtbasics.Policy {
	return jwtbasics.Policy{Issuer: issuer, Audience: audience, TTL: tokens.AccessTTL, Now: now}
}

// Sign implements [tokens.JWT].
func (j JWT) Sign(c tokens.Claims) (string, error) {
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
func (j JWT) Verify(token string) (tokens.Claims, error) {
	c, err := j.verifier.Verify(token)
	if err != nil {
		return tokens.Claims{}, tokenError(err)
	}
	return toClaims(c), nil
}

// VerifyIgnoringExpiry implements [tokens.JWT].
func (j JWT) VerifyIgnoringExpiry(token string) (tokens.Claims, error) {
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

// Snapshot plugs chapter 01 into chapter 03: whom the bearer check found.
func Snapshot(ctx context.Context) (tokens.Snapshot, bool) {
	principal, _ := middleware.PrincipalFrom(ctx)
	who, ok := principal.(tokens.Snapshot)
	return who, ok
}

// Caller plugs chapters 01 and 03 into chapter 04.
func Caller(ctx context.Context) (accounts.Caller, bool) {
	who, ok := Snapshot(ctx)
	return accounts.Caller{
		ID:        who.User.ID,
		Username:  who.Username,
		Nickname:  who.Nickname,
		Roles:     who.Roles,
		SessionID: who.Session.ID,
	}, ok
}

// Opener plugs chapter 03 into chapter 04: a log-in opens a session, and a new
// password renews one.
type Opener struct{ *tokens.Handlers }

// OpenSession implements [accounts.Sessions].
func (o Opener) OpenSession(
	w http.ResponseWriter, r *http.Request, userID string, passwordVersion int64,
) (string, error) {
	token, err := o.Handlers.OpenSession(w, r, userID, passwordVersion)
	if errors.Is(err, tokens.ErrUserChanged) {
		return "", accounts.ErrUserChanged
	}
	return token, err
}
