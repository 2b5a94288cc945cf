package accounts

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"

	"example.com/authbook/internal/problem"
	"github.com/go-playground/validator/v10"
)

// ErrUserChanged is what [Sessions] return if the user was disabled or deleted,
// or changed the password, after the password was checked.
var ErrUserChanged = errors.New("accounts: the user changed since the password was checked")

// Sessions opens a session for a user whose password was checked.
type Sessions interface {
	// OpenSession returns the access token and sets the refresh cookie. It
	// returns ErrUserChanged unless the user still has this password version.
	OpenSession(w http.ResponseWriter, r *http.Request, userID string, passwordVersion int64) (token string, err error)
}

// Caller is who sends a request, as the bearer check found it. It has all that
// GET /me answers, so that the store is not asked twice.
type Caller struct {
	ID        string
	Username  string
	Nickname  string
	Roles     []string
	SessionID string // the session that the access token belongs to
}

// Config is what a [Service] stands on. Every field but Common is needed.
type Config struct {
	Users    Store
	Failures ThrottleStore
	Hasher   Hasher
	Pool     *Pool
	Sessions Sessions
	// Address is whom the throttle takes for the client: an IPv4 address or
	// an IPv6 /64.
	Address func(*http.Request) string
	// Caller returns who was authenticated for this request.
	Caller func(context.Context) (Caller, bool)
	// Common reports whether a new password is one of those that guessers try
	// first. nil: none is.
	Common func(password string) bool
	// Audit records an authentication event. No attribute holds a secret, a
	// name or other text that a client chose. The events are signup, login,
	// password_change, account_delete and roles_change; all but signup also
	// exist with _failed and the middle three with _throttled, and those have
	// a code.
	Audit func(ctx context.Context, event string, attrs ...slog.Attr)
}

// Service has the handlers of /signup, /login, /me and /admin/users. Each
// returns its error instead of writing it.
type Service struct {
	config    Config
	throttle  throttle
	rules     rules
	validator *validator.Validate
}

// New returns a service.
func New(c Config) *Service {
	rules := newRules(c.Common)
	return &Service{config: c, throttle: throttle{c.Failures}, rules: rules, validator: newValidator(rules)}
}

// caller returns who sends the request. It fails closed: a route without the
// bearer check in front of it answers 401.
func (s *Service) caller(r *http.Request) (Caller, error) {
	c, ok := s.config.Caller(r.Context())
	if !ok {
		return Caller{}, problem.New(problem.TokenNotFound, "")
	}
	return c, nil
}

// admin returns who sends the request, if it is an administrator.
func (s *Service) admin(r *http.Request) (Caller, error) {
	c, err := s.caller(r)
	if err == nil && !slices.Contains(c.Roles, RoleAdmin) {
		return Caller{}, problem.New(problem.AccessDenied, "")
	}
	return c, err
}

// hash hashes a new password when it is its turn.
func (s *Service) hash(ctx context.Context, password string) (string, error) {
	release, err := s.config.Pool.Acquire(ctx)
	if err != nil {
		return "", err
	}
	defer release()
	return HashPassword(s.config.Hasher, password)
}

// audit records an event and where it came from.
func (s *Service) audit(r *http.Request, event string, attrs ...slog.Attr) {
	s.config.Audit(r.Context(), event, append(attrs, slog.String("address", s.config.Address(r)))...)
}
