package accounts

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"

	"example.com/authbook/internal/problem"
)

// claim is somebody's word to be a user.
type claim struct {
	action   string // what for: login, password_change or account_delete
	account  string // what the throttle counts under
	user     User
	password string
}

// orDummy takes what the store answered. Where there is no such user it
// returns one without ID whose hash is the dummy: to check a password then
// takes the same work, and time does not tell which names exist.
//
//workbook:exercise 4.7 TestService_orDummy(_.*)?
func (s *Service) orDummy(user User, err error) (User, error) {
	if errors.Is(err, ErrNoUser) {
		return User{PasswordHash: s.config.Hasher.Dummy()}, nil
	}
	if err != nil {
		return User{}, unavailable(err)
	}
	return user, nil
}

// prove returns nil if the password is the user's, INVALID_CREDENTIALS if it
// is not, and TOO_MANY_REQUESTS while guesses must wait.
func (s *Service) prove(r *http.Request, c claim) error {
	a := newAttempt(c.account, s.config.Address(r))
	err := s.inTurn(r.Context(), a, c)
	if err != nil {
		s.auditRefusal(r, a, c, err)
	}
	return err
}

// inTurn asks the throttle twice: before the queue, so that a client that must
// wait hears it at once, and again with the slot in hand. Guesses sent in
// parallel have all passed the first look; of the second, see admit.
func (s *Service) inTurn(ctx context.Context, a attempt, c claim) error {
	if err := s.throttle.check(ctx, a); err != nil {
		return err
	}
	release, err := s.config.Pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer release()
	a, err = s.throttle.admit(ctx, a)
	if err != nil {
		return err
	}
	return s.judge(ctx, a, c)
}

// judge verifies the password and counts the outcome. The hash comes first,
// whoever the user is. What was counted beforehand is forgotten as soon as the
// password has not proved wrong: what else fails is not its owner's fault.
func (s *Service) judge(ctx context.Context, a attempt, c claim) error {
	right, err := s.config.Hasher.Verify(c.user.PasswordHash, c.password)
	if err != nil { // no password is right then, so to forget opens nothing
		err = fmt.Errorf("user %s: %w", c.user.ID, err)
		return problem.Wrap(problem.Internal, errors.Join(err, s.throttle.forget(ctx, a)))
	}
	if !right || c.user.ID == "" || c.user.Disabled {
		if err := s.throttle.failed(ctx, a); err != nil {
			return err
		}
		return problem.New(problem.InvalidCredentials, "")
	}
	if err := s.throttle.forget(ctx, a); err != nil {
		return err
	}
	return s.rehash(ctx, c)
}

// rehash replaces a hash of another cost. Now is the only time that the
// password is known.
func (s *Service) rehash(ctx context.Context, c claim) error {
	if !s.config.Hasher.Outdated(c.user.PasswordHash) {
		return nil
	}
	hash := s.config.Hasher.Hash(c.password)
	err := s.config.Users.Rehash(ctx, c.user.ID, c.user.PasswordVersion, hash)
	if err != nil {
		return toProblem(err)
	}
	return nil
}

// auditRefusal records an attempt that did not succeed. The account is a digest:
// operators see which attempts belong together, and no name or password typed
// into its field reaches the log.
func (s *Service) auditRefusal(r *http.Request, a attempt, c claim, err error) {
	outcome := "_failed"
	if problem.From(err).Code == problem.TooManyRequests {
		outcome = "_throttled"
	}
	s.audit(r, c.action+outcome, slog.String("account", a.account), userID(c.user), codeOf(err))
}

func userID(u User) slog.Attr { return slog.String("user_id", u.ID) }

func codeOf(err error) slog.Attr { return slog.String("code", string(problem.From(err).Code)) }
