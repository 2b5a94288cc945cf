// Wrong: the answer shows the names as they were sent, not as they are stored.
//
// Hint: The next GET /me shows another name than this answer. Two values hold
// the names now. Which of them is in the store?
//
// Fails:
//   - TestService_SignUp/the_answer_shows_the_names_as_they_are_stored
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
	return writeJSON(w, http.StatusCreated, newUserView(in.Username, in.Nickname, user.Roles))
}
