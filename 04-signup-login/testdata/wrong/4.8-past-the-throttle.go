// Wrong: it verifies the password itself, and nobody counts the failures.
//
// Hint: The password is compared and the rest is missing: no turn in the pool,
// no throttle, no event in the log. Read prove.go from the top. Which function
// does all of that?
//
// Fails:
//   - TestService_LogIn/a_disabled_user
//   - TestService_LogIn/a_failure_that_can't_be_counted_is_not_told_as_one
//   - TestService_LogIn/a_name_that_can't_exist
//   - TestService_LogIn/a_password_that_is_too_long_to_be_one
//   - TestService_LogIn/a_password_that_is_too_short_to_be_one
//   - TestService_LogIn/a_wrong_password
//   - TestService_LogIn/an_unknown_name
//   - TestService_LogIn/the_throttle_can't_answer
//   - TestService_LogIn_countsEverySpelling
//   - TestService_LogIn_damagedHash
//   - TestService_LogIn_parallelGuessesAreBounded
//   - TestService_LogIn_rehashes
//   - TestService_LogIn_throttledIsNotHashed
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
	user, err := s.orDummy(s.config.Users.ByKey(r.Context(), accountKey(in.Username)))
	if err != nil {
		return err
	}
	right, err := s.config.Hasher.Verify(user.PasswordHash, in.Password)
	if err != nil {
		return err
	}
	if !right {
		return problem.New(problem.InvalidCredentials, "")
	}
	return s.openSession(w, r, user)
}
