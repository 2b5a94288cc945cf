// Wrong: the password itself is stored, and no hash.
//
// Hint: Whoever reads the table can log in as everybody. What does newUser
// expect as its second argument?
//
// Fails:
//   - TestService_SignUp/a_line_break_after_the_object
//   - TestService_SignUp/the_answer_shows_the_names_as_they_are_stored
//   - TestService_SignUp/the_course's_example
//   - TestService_SignUp_overload
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
	user := newUser(in, in.Password)
	if err := s.config.Users.Create(r.Context(), user); err != nil {
		return toProblem(err)
	}
	s.audit(r, "signup", slog.String("user_id", user.ID))
	return writeJSON(w, http.StatusCreated, newUserView(user.Username, user.Nickname, user.Roles))
}
