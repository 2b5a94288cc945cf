// Wrong: it returns the error of the store as it is, and a taken name answers
// 500.
//
// Hint: What becomes of the store's refusal in your code? The row shows the
// status that came. 500 means that nobody translated it, which failure.go
// does; 201 means that nobody returned it.
//
// Fails:
//   - TestService_SignUp/a_store_that_can't_answer_is_no_success_and_no_taken_name
//   - TestService_SignUp/a_taken_name
//   - TestService_SignUp/a_taken_name_in_other_letters
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
		return err
	}
	s.audit(r, "signup", slog.String("user_id", user.ID))
	return writeJSON(w, http.StatusCreated, newUserView(user.Username, user.Nickname, user.Roles))
}
