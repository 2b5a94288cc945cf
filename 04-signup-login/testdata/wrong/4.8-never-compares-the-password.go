// Wrong: it finds the user and opens the session; nobody looks at the
// password.
//
// Hint: Log in with a wrong password and see what comes back. Which of the
// three steps of a log-in is missing?
//
// Fails:
//   - TestService_LogIn/a_disabled_user
//   - TestService_LogIn/a_failure_that_can't_be_counted_is_not_told_as_one
//   - TestService_LogIn/a_name_that_can't_exist
//   - TestService_LogIn/a_password_that_is_too_long_to_be_one
//   - TestService_LogIn/a_password_that_is_too_short_to_be_one
//   - TestService_LogIn/a_user_who_changed_meanwhile
//   - TestService_LogIn/a_wrong_password
//   - TestService_LogIn/an_unknown_name
//   - TestService_LogIn/the_name_in_small_letters
//   - TestService_LogIn/the_right_password
//   - TestService_LogIn/the_sessions_can't_answer
//   - TestService_LogIn/the_throttle_can't_answer
//   - TestService_LogIn_countsEverySpelling
//   - TestService_LogIn_damagedHash
//   - TestService_LogIn_rehashes
//   - TestService_LogIn_tellsNothing
//   - TestService_LogIn_throttledIsNotHashed
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
	return s.openSession(w, r, user)
}
