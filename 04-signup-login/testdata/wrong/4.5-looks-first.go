// Wrong: it looks for the name, and takes a later refusal of the store for a
// failure.
//
// Hint: Twenty people look at the same moment, and all find the name free. Who
// refuses nineteen of them then, and what does your code make of that refusal?
//
// Fails:
//   - TestService_SignUp_race
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
	_, key, _ := NormalizeUsername(in.Username)
	if _, err := s.config.Users.ByKey(r.Context(), key); err == nil {
		return problem.New(problem.UserAlreadyExists, "")
	}
	hash, err := s.hash(r.Context(), in.Password)
	if err != nil {
		return err
	}
	user := newUser(in, hash)
	if err := s.config.Users.Create(r.Context(), user); err != nil {
		return unavailable(err)
	}
	s.audit(r, "signup", slog.String("user_id", user.ID))
	return writeJSON(w, http.StatusCreated, newUserView(user.Username, user.Nickname, user.Roles))
}
