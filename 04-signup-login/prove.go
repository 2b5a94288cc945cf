package accounts

import (
	"context"
	"errors"
	"net/http"
)

// claim is somebody's word to be a user.
type claim struct {
	action   string // what for: login, password_change or account_delete
	account  string // what the guard counts failures under
	user     User
	password string
}

// userOrDummy returns the user whose key is account. Where there is none it
// returns a user without ID whose hash is the dummy: to check a password then
// takes the same work, and time does not tell which names exist.
//
//workbook:exercise 4.7 TestService_userOrDummy(_.*)?
func (s *Service) userOrDummy(ctx context.Context, account string) (User, error) {
	user, err := s.config.Users.ByKey(ctx, account)
	if errors.Is(err, ErrNoUser) {
		return User{PasswordHash: s.config.Hasher.Dummy()}, nil
	}
	if err != nil {
		return User{}, unavailable(err)
	}
	return user, nil
}

// claimOf returns the claim of a caller to be themselves. The guard counts it
// with the log-ins: two doors must not mean twice the guesses.
func (s *Service) claimOf(r *http.Request, c Caller, action, password string) (claim, error) {
	user, err := s.config.Users.ByID(r.Context(), c.ID)
	if err != nil {
		return claim{}, s.refuse(r, action, User{ID: c.ID}, err)
	}
	return claim{action, user.UsernameKey, user, password}, nil
}

// prove returns nil if the password is the user's, INVALID_CREDENTIALS if it
// is not, and TOO_MANY_REQUESTS while guesses must wait.
func (s *Service) prove(r *http.Request, c claim) error {
	return s.try(r, c, func() (bool, error) { return s.verify(r.Context(), c) })
}

// proveAndHash is prove, and returns the hash of a new password. It makes it in
// the same turn: a change of password does not queue twice.
func (s *Service) proveAndHash(r *http.Request, c claim, newPassword string) (hash string, err error) {
	err = s.try(r, c, func() (bool, error) {
		right, err := s.verify(r.Context(), c)
		if err != nil || !right {
			return false, err
		}
		hash, err = HashPassword(s.config.Hasher, newPassword)
		return true, err
	})
	return hash, err
}

// try puts the guard around verify, and records an attempt that did not
// succeed.
func (s *Service) try(r *http.Request, c claim, verify func() (right bool, err error)) error {
	a := newAttempt(c.account, s.config.Address(r))
	a.proof = s.proofOf(r, c)
	err := s.guard.try(r.Context(), a, verify)
	if err != nil {
		s.auditAttempt(r, c, err)
	}
	return err
}
