// Wrong: the error for the client is right, and the reason is gone.
//
// Hint: At night somebody reads the log and sees UNAVAILABLE, and nothing
// more. failure.go has a helper that keeps the cause.
//
// Fails:
//   - TestService_orDummy_keepsTheCause/the_log_learns_why_the_store_could_not_answer
package accounts

import (
	"errors"

	"example.com/authbook/internal/problem"
)

func (s *Service) orDummy(user User, err error) (User, error) {
	if errors.Is(err, ErrNoUser) {
		return User{PasswordHash: s.config.Hasher.Dummy()}, nil
	}
	if err != nil {
		return User{}, problem.New(problem.Unavailable, "")
	}
	return user, nil
}
