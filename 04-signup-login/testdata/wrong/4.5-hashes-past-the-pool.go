// Wrong: it hashes at once, without waiting for its turn.
//
// Hint: Each hash takes 19 MiB. What do a hundred sign-ups in one second take?
// The service has a method that hashes when it is its turn.
//
// Fails:
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
	hash, err := HashPassword(s.config.Hasher, in.Password)
	if err != nil {
		return err
	}
	user := newUser(in, hash)
	if err := s.config.Users.Create(r.Context(), user); err != nil {
		return toProblem(err)
	}
	s.audit(r, "signup", slog.String("user_id", user.ID))
	return writeJSON(w, http.StatusCreated, newUserView(user.Username, user.Nickname, user.Roles))
}
