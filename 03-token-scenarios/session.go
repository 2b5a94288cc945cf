package tokens

import (
	"context"
	"errors"
	"slices"
	"time"
)

// Session is one log-in on one device. It is the row that a refresh token
// points at and that every access token names in its sid claim.
type Session struct {
	ID         string    // 26 characters of rand.Text; not a secret
	UserID     string    // the sub claim
	Generation int64     // how often the refresh token has been rotated; starts at 0
	Created    time.Time // of the log-in
	Rotated    time.Time // of the last rotation; Created until the first
	Expires    time.Time // idle limit after Rotated, at most absolute limit after Created
	Revoked    bool      // ended by log-out, reuse or an administrator
}

// Client is where a session was opened, for its user to know it again. It is
// text to read, and no more: a client may call itself what it likes.
type Client struct {
	Device  string // browser and system, such as "Firefox on Linux"; "" if unknown
	Network string // a part of the network, such as "192.0.2.0/24"; "" if unknown
}

// Listed is a session in the list of its user.
type Listed struct {
	Session
	Client
}

// User is what this chapter needs to know of the person behind a session.
type User struct {
	ID       string
	Username string
	Nickname string
	Roles    []string
	Disabled bool
	// PasswordVersion counts the password changes. A session opens only for
	// the version that was checked, so a log-in that races a password change
	// opens none.
	PasswordVersion int64
}

// HasRole reports whether the user holds the role.
func (u User) HasRole(role string) bool { return slices.Contains(u.Roles, role) }

// Errors of a [Store].
var (
	// ErrNoSession says that no session has the id, or its user is gone.
	ErrNoSession = errors.New("tokens: no such session")
	// ErrUserChanged says that the user was disabled or deleted, or changed
	// the password, between the check of the password and now.
	ErrUserChanged = errors.New("tokens: the user changed since the password was checked")
)

// MaxSessions is how many sessions a user may have. A log-in that opens one more
// ends the one that was not used for longest: who knows a password could else
// fill the store.
const MaxSessions = 50

// RenewBy is how many generations a change of the password moves the session on
// that it keeps. The token before is then two generations old, and so has no
// grace: whoever comes with it has a copy.
const RenewBy = 2

// Store keeps sessions. Implementations are safe for concurrent use, and each
// method is atomic. The store has the clock: where several servers share one
// store, they share its time. An error other than those named means that the
// store could not answer.
type Store interface {
	// Open adds a session for the user, with Created and Rotated now and
	// Expires after limits. It returns ErrUserChanged unless the user exists,
	// is enabled and has this password version. Where the user then has more
	// than MaxSessions, it ends those that were rotated first, and returns
	// their ids.
	Open(ctx context.Context, id, userID string, passwordVersion int64, from Client, limits Limits) (
		opened Session, displaced []string, err error)

	// Load returns a session and its user in one read, and the store's time.
	// It returns ErrNoSession. It returns revoked and expired sessions too.
	Load(ctx context.Context, id string) (Snapshot, error)

	// Rotate moves the session from the generation to the next one, in one
	// conditional update: only if the session has this generation, is neither
	// revoked nor expired, and its user is enabled. It reports whether it
	// did. Whether or not it did, the snapshot shows the session afterwards.
	// It returns ErrNoSession.
	Rotate(ctx context.Context, id string, generation int64, limits Limits) (after Snapshot, moved bool, err error)

	// Revoke ends a session. Ending one that has ended or never was is no
	// error.
	Revoke(ctx context.Context, id string) error

	// RevokeOwn ends a live session of the user. It returns ErrNoSession for
	// any other id, and then ends nothing.
	RevokeOwn(ctx context.Context, userID, id string) error

	// RevokeAll ends every session of the user but the one named except,
	// which may be empty.
	RevokeAll(ctx context.Context, userID, except string) error

	// List returns the user's live sessions, the newest first, at most
	// MaxSessions: a release that knew no limit may have left more.
	List(ctx context.Context, userID string) ([]Listed, error)

	// DeleteExpired removes up to limit sessions that expired or were revoked
	// and whose access tokens have ended too (keep after the end), and
	// returns how many it removed.
	DeleteExpired(ctx context.Context, keep time.Duration, limit int) (int, error)
}

// Snapshot is a session and its user as one read saw them. Of the session that
// a request belongs to, it also says who is calling.
type Snapshot struct {
	Session Session
	User
	Now time.Time // the store's clock at that read
}

// Limits bound a session's life.
type Limits struct {
	Idle     time.Duration // from the last rotation
	Absolute time.Duration // from the log-in
}

// Expiry returns when a session ends that was opened at created and rotated at
// rotated.
func (l Limits) Expiry(created, rotated time.Time) time.Time {
	return earlier(rotated.Add(l.Idle), created.Add(l.Absolute))
}

// earlier returns the earlier of two moments.
func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}
