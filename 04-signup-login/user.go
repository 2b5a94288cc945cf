package accounts

import (
	"context"
	"errors"
	"time"
)

// The roles there are. Sign-up gives RoleUser; only an administrator changes
// roles.
const (
	RoleUser  = "USER"
	RoleAdmin = "ADMIN"
)

// User is one account.
type User struct {
	ID       string // 26 characters of rand.Text; never changes, never reused
	Username string // as the person wrote it, NFC
	// UsernameKey is the folded form that is unique: two names with equal keys
	// are one person.
	UsernameKey string
	Nickname    string
	// PasswordHash is a PHC string. It never leaves the server.
	PasswordHash string
	// PasswordVersion counts, from 0, what ends all that came of the password:
	// its changes, log-outs everywhere, and that the user was disabled.
	PasswordVersion int64
	Roles           []string // sorted, without duplicates
	Disabled        bool
	Created         time.Time
}

// Errors of a [Store].
var (
	// ErrUsernameTaken says that a user with the same UsernameKey exists.
	ErrUsernameTaken = errors.New("accounts: username taken")
	// ErrNoUser says that no user has the id or name.
	ErrNoUser = errors.New("accounts: no such user")
	// ErrLastAdmin says that the change would leave no enabled administrator.
	ErrLastAdmin = errors.New("accounts: last administrator")
	// ErrPasswordChanged says that the password is no longer the one that was
	// checked.
	ErrPasswordChanged = errors.New("accounts: password changed meanwhile")
)

// Store keeps users. Implementations are safe for concurrent use, and each
// method is atomic: it happens whole or not at all. An error other than those
// named means that the store could not answer.
type Store interface {
	// Create adds the user. Uniqueness of UsernameKey is the store's own
	// constraint, not a look before the insert: ErrUsernameTaken.
	Create(ctx context.Context, u User) error

	// ByKey returns the user with the folded name: ErrNoUser.
	ByKey(ctx context.Context, usernameKey string) (User, error)

	// ByID returns the user: ErrNoUser.
	ByID(ctx context.Context, id string) (User, error)

	// Rehash replaces the hash of an unchanged password, if the password
	// still has this version: ErrPasswordChanged, ErrNoUser.
	Rehash(ctx context.Context, id string, version int64, hash string) error

	// ChangePassword replaces the hash, raises the version and ends every
	// session of the user but the one kept, if the password still has this
	// version: ErrPasswordChanged, ErrNoUser.
	ChangePassword(ctx context.Context, id string, version int64, hash string, kept Kept) error

	// SetRoles replaces the roles and returns the user afterwards: ErrNoUser,
	// and ErrLastAdmin if no enabled administrator would be left.
	SetRoles(ctx context.Context, usernameKey string, roles []string) (User, error)

	// Delete removes the user and the sessions, if the password still has
	// this version: ErrPasswordChanged, ErrNoUser, ErrLastAdmin.
	Delete(ctx context.Context, id string, version int64) error
}

// Kept is the session that a change of the password does not end.
type Kept struct {
	SessionID string // empty: there is none
	// Renew moves its refresh token on. The one before counts no more, from
	// the same moment on: somebody may have a copy.
	Renew bool
}

// ThrottleStore keeps the failures that the log-in throttle counts. Keys are
// opaque, of bounded length. It has the clock, like a session's store.
type ThrottleStore interface {
	// Failures returns, by key, the count and how long ago the last counted
	// failure was and the window began. All keys are read at one moment. An
	// unknown one is left out.
	Failures(ctx context.Context, keys ...string) (map[string]Failures, error)

	// AddFailure counts one more failure, at the store's time, in one atomic
	// step. Where the window began longer ago than window, a new one begins
	// and the count starts at 1.
	AddFailure(ctx context.Context, key string, window time.Duration) error

	// AddFailureTo is AddFailure for a known key that has this count, in one
	// atomic step, and reports whether it had: of two at once, one counts.
	AddFailureTo(ctx context.Context, key string, count int, window time.Duration) (counted bool, err error)

	// Forget removes the key.
	Forget(ctx context.Context, key string) error

	// DeleteOldFailures removes up to limit keys whose last failure is older
	// than age, and returns how many it removed.
	DeleteOldFailures(ctx context.Context, age time.Duration, limit int) (int, error)
}

// Failures is what is known of one throttle key.
type Failures struct {
	Count     int
	SinceLast time.Duration // since the last failure
	SinceOpen time.Duration // since the window began
}
