// Wrong: a name that can not exist is refused at once.
//
// Hint: The refusal costs no hash and no failure is counted, so it shows from
// outside. login.go has a function that gives such a name a key of its own.
//
// Fails:
//   - TestService_LogIn/a_name_that_can't_exist
//   - TestService_LogIn_tellsNothing
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
	_, account, err := NormalizeUsername(in.Username)
	if err != nil {
		return problem.New(problem.InvalidCredentials, "")
	}
	user, err := s.orDummy(s.config.Users.ByKey(r.Context(), account))
	if err != nil {
		return err
	}
	if err := s.prove(r, claim{"login", account, user, in.Password}); err != nil {
		return err
	}
	return s.openSession(w, r, user)
}
