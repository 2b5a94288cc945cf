// Wrong: a password that breaks the rules for new ones is refused at once.
//
// Hint: The rules are for new passwords. Here they only tell a guesser which
// guesses to leave out, and save the guesser time. What should a wrong
// password of one character cost?
//
// Fails:
//   - TestService_LogIn/a_password_that_is_too_long_to_be_one
//   - TestService_LogIn/a_password_that_is_too_short_to_be_one
//   - TestService_auditHoldsNoSecret
package accounts

import (
	"net/http"

	"example.com/authbook/internal/problem"
)

func (s *Service) LogIn(w http.ResponseWriter, r *http.Request) error {
	var in logInRequest
	if err := s.read(w, r, &in); err != nil {
		return err
	}
	account := accountKey(in.Username)
	user, err := s.orDummy(s.config.Users.ByKey(r.Context(), account))
	if err != nil {
		return err
	}
	if CheckPassword(in.Password) != nil {
		return problem.New(problem.InvalidCredentials, "")
	}
	if err := s.prove(r, claim{"login", account, user, in.Password}); err != nil {
		return err
	}
	return s.openSession(w, r, user)
}
