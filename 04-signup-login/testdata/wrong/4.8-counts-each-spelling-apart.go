// Wrong: failures are counted under the name as it was typed.
//
// Hint: JIN HO and jin ho are one account. With your code each way to write
// the name has five guesses of its own. Under which text does the throttle
// count?
//
// Fails:
//   - TestService_LogIn_countsEverySpelling
package accounts

import "net/http"

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
	if err := s.prove(r, claim{"login", in.Username, user, in.Password}); err != nil {
		return err
	}
	return s.openSession(w, r, user)
}
