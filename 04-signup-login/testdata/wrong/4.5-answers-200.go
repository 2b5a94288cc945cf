// Wrong: it answers 200, though something was created.
//
// Hint: HTTP has a status of its own for a request that created something (RFC
// 9110 section 15.3.2). The contract in the doc comment names it.
//
// Fails:
//   - TestService_SignUp/a_line_break_after_the_object
//   - TestService_SignUp/the_answer_shows_the_names_as_they_are_stored
//   - TestService_SignUp/the_course's_example
//   - TestService_SignUp_race
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
	if err := s.config.Users.Create(r.Context(), user); err != nil {
		return toProblem(err)
	}
	s.audit(r, "signup", slog.String("user_id", user.ID))
	return writeJSON(w, http.StatusOK, newUserView(user.Username, user.Nickname, user.Roles))
}
