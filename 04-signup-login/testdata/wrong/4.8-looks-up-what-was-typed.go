// Wrong: it looks for the name as it was typed, and JIN HO is nobody.
//
// Hint: The store finds users by their folded key. Which function makes the
// key from what was typed?
//
// Fails:
//   - TestService_LogIn/the_right_password
//   - TestService_LogIn/the_sessions_can't_answer
//   - TestService_LogIn_countsEverySpelling
//   - TestService_LogIn_damagedHash
//   - TestService_LogIn_rehashes
//   - TestService_auditHoldsNoSecret
package accounts

import "net/http"

func (s *Service) LogIn(w http.ResponseWriter, r *http.Request) error {
	var in logInRequest
	if err := s.read(w, r, &in); err != nil {
		return err
	}
	account := in.Username
	user, err := s.orDummy(s.config.Users.ByKey(r.Context(), account))
	if err != nil {
		return err
	}
	if err := s.prove(r, claim{"login", account, user, in.Password}); err != nil {
		return err
	}
	return s.openSession(w, r, user)
}
