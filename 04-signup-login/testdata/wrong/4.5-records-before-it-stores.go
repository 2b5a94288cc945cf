// Wrong: it records the sign-up before the store has said yes.
//
// Hint: The log now shows a user who does not exist. Which step can still say
// no after yours was recorded?
//
// Fails:
//   - TestService_SignUp/a_store_that_can't_answer_is_no_success_and_no_taken_name
//   - TestService_SignUp/a_taken_name
//   - TestService_SignUp/a_taken_name_in_other_letters
package accounts

import (
	"log/slog"
	"net/http"
)

func (s *Service) SignUp(w http.ResponseWriter, r *http.Request) error {
	var in signUpRequest
	if err := s.read(w, r, &in); err != nil {
		return err
	}
	hash, err := s.hash(r.Context(), in.Password)
	if err != nil {
		return err
	}
	user := newUser(in, hash)
	s.audit(r, "signup", slog.String("user_id", user.ID))
	if err := s.config.Users.Create(r.Context(), user); err != nil {
		return toProblem(err)
	}
	return writeJSON(w, http.StatusCreated, newUserView(user.Username, user.Nickname, user.Roles))
}
