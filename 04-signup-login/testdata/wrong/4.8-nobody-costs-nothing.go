// Wrong: an unknown name is refused before any hash is checked.
//
// Hint: An unknown name must be checked like a known one: same answer, same
// work, same throttle. You wrote the function that makes it so. Where does it
// stand in your handler?
//
// Fails:
//   - TestService_LogIn/a_name_that_can't_exist
//   - TestService_LogIn/an_unknown_name
//   - TestService_LogIn_tellsNothing
//   - TestService_auditHoldsNoSecret
package accounts

import "net/http"

func (s *Service) LogIn(w http.ResponseWriter, r *http.Request) error {
	var in logInRequest
	if err := s.read(w, r, &in); err != nil {
		return err
	}
	account := accountKey(in.Username)
	user, err := s.config.Users.ByKey(r.Context(), account)
	if err != nil {
		return toProblem(err)
	}
	if err := s.prove(r, claim{"login", account, user, in.Password}); err != nil {
		return err
	}
	return s.openSession(w, r, user)
}
