// Wrong: the password goes to the log together with the name.
//
// Hint: The failing rows were answered right, and something was printed. Read
// the line that the row shows. Who else reads the log of a server?
//
// Shows: a password or token in the output
//
// Fails:
//   - TestService_SignUp/a_line_break_after_the_object
//   - TestService_SignUp/a_store_that_can't_answer_is_no_success_and_no_taken_name
//   - TestService_SignUp/a_taken_name
//   - TestService_SignUp/a_taken_name_in_other_letters
//   - TestService_SignUp/the_answer_shows_the_names_as_they_are_stored
//   - TestService_SignUp/the_course's_example
package accounts

import (
	"log/slog"
	"net/http"
)

func (s *Service) signUp(w http.ResponseWriter, r *http.Request) error {
	var in signUpRequest
	if err := s.read(w, r, &in); err != nil {
		return err
	}
	slog.Info("sign up", "user", in.Username, "password", in.Password)
	hash, err := s.hash(r, in.Password)
	if err != nil {
		return err
	}
	user := s.newUser(in, hash)
	if err := s.config.Users.Create(r.Context(), user); err != nil {
		return toProblem(err)
	}
	s.audit(r, "signup", userID(user))
	return writeJSON(w, http.StatusCreated, newUserView(user.Username, user.Nickname, user.Roles))
}
