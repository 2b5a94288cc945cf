// Wrong: the answer is the stored user, with its hash.
//
// Hint: Compare the two lines that the row prints. Which type should write the
// answer, so that no field slips out? And which value stands under which name?
//
// Fails:
//   - TestService_SignUp/a_line_break_after_the_object
//   - TestService_SignUp/the_answer_shows_the_names_as_they_are_stored
//   - TestService_SignUp/the_course's_example
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
	return writeJSON(w, http.StatusCreated, user)
}
