package tokens

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"
)

// How long a session lives (OWASP ASVS 5.0, 7.3).
const (
	IdleLimit     = 14 * 24 * time.Hour // without a refresh
	AbsoluteLimit = 30 * 24 * time.Hour // in any case
)

// limits is the pair of them, as a [Store] takes it.
func limits() Limits { return Limits{Idle: IdleLimit, Absolute: AbsoluteLimit} }

// Sessions is the service of this chapter. It opens sessions and checks,
// refreshes and ends them. It holds no state of its own and is safe for
// concurrent use. Its errors are ready to answer with: an Error of
// internal/problem that keeps the reason for the log, except where a method
// says otherwise.
type Sessions struct {
	store Store
	jwt   JWT
	mac   MAC
}

// NewSessions returns the service on a store, with what signs its tokens.
func NewSessions(store Store, jwt JWT, mac MAC) *Sessions {
	return &Sessions{store: store, jwt: jwt, mac: mac}
}

// Pair is what a client gets at log-in and at every refresh.
type Pair struct {
	AccessToken  string        // goes with every request, as a bearer token
	RefreshToken string        // counts at /refresh and /logout alone; a cookie
	RefreshTTL   time.Duration // until the session ends, unless it is refreshed
	Session      Session       // which the tokens belong to; not for the client
	// Displaced are the ids of the user's sessions that a log-in ended, so
	// that there are MaxSessions at most.
	Displaced []string
	// Repeated says that an earlier refresh made the refresh token: it was
	// handed out a second time, within the grace.
	Repeated bool
}

// Open starts a session for a user whose password was checked, at the version
// that was checked. It returns [ErrUserChanged] as it is.
func (s *Sessions) Open(ctx context.Context, userID string, passwordVersion int64, from Client) (Pair, error) {
	session, displaced, err := s.store.Open(ctx, rand.Text(), userID, passwordVersion, from, limits())
	if errors.Is(err, ErrUserChanged) {
		return Pair{}, err
	}
	if err != nil {
		return Pair{}, refusal(err)
	}
	pair, err := s.pair(session, session.Created)
	pair.Displaced = displaced
	return pair, err
}

// current returns the tokens of a session as it is stored.
func (s *Sessions) current(ctx context.Context, id string) (Pair, error) {
	found, err := s.store.Load(context.WithoutCancel(ctx), id)
	if err != nil {
		return Pair{}, refusal(err)
	}
	return s.pair(found.Session, found.Now)
}

// pair returns the tokens of the session as it is now. The refresh token is a
// function of the session, so that two calls return the same one.
func (s *Sessions) pair(session Session, now time.Time) (Pair, error) {
	access, err := s.jwt.Sign(claimsFor(session, now))
	if err != nil {
		return Pair{}, fmt.Errorf("sign an access token: %w", err)
	}
	return Pair{
		AccessToken:  access,
		RefreshToken: refreshToken{session.ID, session.Generation}.seal(s.mac),
		RefreshTTL:   session.Expires.Sub(now),
		Session:      session,
	}, nil
}

// List returns the user's live sessions, the newest first, at most
// [MaxSessions].
func (s *Sessions) List(ctx context.Context, userID string) ([]Listed, error) {
	list, err := s.store.List(ctx, userID)
	if err != nil {
		return nil, refusal(err)
	}
	return list, nil
}
