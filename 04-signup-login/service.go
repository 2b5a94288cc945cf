package accounts

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"time"

	"example.com/authbook/internal/problem"
	"github.com/go-playground/validator/v10"
)

// Caller is who sends a request, as the bearer check found it. It has all that
// GET /me answers, so that the store is not asked twice.
type Caller struct {
	ID        string
	Username  string
	Nickname  string
	Roles     []string
	SessionID string // the session that the access token belongs to
}

// Config is what a [Service] works with. Every field but Common, Sample,
// Devices and Now is needed.
type Config struct {
	Users    Store
	Failures ThrottleStore
	Hasher   Hasher
	Pool     *Pool
	Sessions Sessions
	// Devices know the browsers that have logged in before. nil: none.
	Devices Devices
	// Address is what the guard and the audit log take for the client: an IPv4
	// address or an IPv6 /64.
	Address func(*http.Request) string
	// Caller returns who was authenticated for this request.
	Caller func(context.Context) (Caller, bool)
	// Common reports whether a new password is one of those that guessers try
	// first. nil: none is.
	Common func(password string) bool
	// Sample is a password that Common lets through though guessers try it.
	// Who has it can't become an administrator. Empty: there is none.
	Sample string
	// Audit records an authentication event. No attribute holds a secret, a
	// name or other text that a client chose. The events are signup, login,
	// password_change, account_delete and roles_change. Each also exists with
	// _failed, and the middle three with _throttled; those have a code.
	Audit func(ctx context.Context, event string, attrs ...slog.Attr)
	// AccountID returns what the audit log calls an account, given what its
	// failures are counted under. It must not give that away: people type
	// passwords into the name field.
	AccountID func(account string) string
	// Now dates a new user. Nil is this machine's clock.
	Now func() time.Time
}

// Service has the handlers of /signup, /login, /me and /admin/users. Each
// returns its error instead of writing it.
type Service struct {
	config    Config
	guard     guard
	rules     rules
	validator *validator.Validate
}

// New returns a service.
func New(c Config) *Service {
	if c.Devices == nil {
		c.Devices = noDevices{}
	}
	rules := newRules(c.Common)
	return &Service{config: c, guard: guard{c.Failures, c.Pool}, rules: rules, validator: newValidator(rules)}
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
func (s *Service) hash(r *http.Request, password string) (string, error) {
	address := s.config.Address(r)
	release, err := s.guard.pool.Acquire(r.Context(), address)
	if err != nil {
		return "", err
	}
	defer release()
	// Sign-ups sent at once have all passed the first look at the budgets.
	if err := s.guard.within(r.Context(), addressBudgets(address)); err != nil {
		return "", err
	}
	return HashPassword(s.config.Hasher, password)
}
