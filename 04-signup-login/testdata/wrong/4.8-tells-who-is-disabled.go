// Wrong: a disabled user gets an answer of their own.
//
// Hint: Whoever guesses learns that this name exists, and that it is worth
// another try later. Does prove not know already what to do with a disabled
// user?
//
// Fails:
//   - TestService_LogIn/a_disabled_user
//   - TestService_LogIn_tellsNothing
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
	if user.Disabled {
		return problem.New(problem.AccessDenied, "")
	}
	if err := s.prove(r, claim{"login", account, user, in.Password}); err != nil {
		return err
	}
	return s.openSession(w, r, user)
}
