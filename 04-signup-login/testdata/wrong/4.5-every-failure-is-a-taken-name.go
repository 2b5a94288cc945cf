// Wrong: it answers USER_ALREADY_EXISTS whatever the store says.
//
// Hint: When the disk is full, everybody hears that their name is taken.
// Create can fail in two ways. Which function here tells them apart?
//
// Fails:
//   - TestService_SignUp/a_store_that_can't_answer_is_no_success_and_no_taken_name
package accounts

import (
	"log/slog"
	"net/http"

	"example.com/authbook/internal/problem"
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
		return problem.New(problem.UserAlreadyExists, "")
	}
	s.audit(r, "signup", slog.String("user_id", user.ID))
	return writeJSON(w, http.StatusCreated, newUserView(user.Username, user.Nickname, user.Roles))
}
