package accounts

import (
	"crypto/rand"
	"net/http"
)

// signUpRequest has no role: everybody who signs up is a USER.
type signUpRequest struct {
	Username string `json:"username" validate:"required,username"`
	Password string `json:"password" validate:"required,password"`
	Nickname string `json:"nickname" validate:"required,nickname"`
}

// SignUp handles POST /signup: 201 with the user, 409 if the name is taken, 429
// for an address with too many failures.
func (s *Service) SignUp(w http.ResponseWriter, r *http.Request) error {
	err := s.guard.signUp(r.Context(), s.config.Address(r), func() error { return s.signUp(w, r) })
	if err != nil {
		s.audit(r, "signup_failed", codeOf(err))
	}
	return err
}

// signUp stores a new user, records the event signup and answers. It does not
// look for the name first: between a look and the insert another sign-up could
// take it, so the store's constraint alone decides.
//
//workbook:exercise 4.5 TestService_SignUp(_.*)?|TestSignUp_.*
func (s *Service) signUp(w http.ResponseWriter, r *http.Request) error {
	var in signUpRequest
	if err := s.read(w, r, &in); err != nil {
		return err
	}
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

// newUser returns the user that a validated request asks for.
func (s *Service) newUser(in signUpRequest, hash string) User {
	// Validation has called both already; they can't fail now.
	display, key, _ := NormalizeUsername(in.Username)
	nickname, _ := NormalizeNickname(in.Nickname)
	return User{
		ID:           rand.Text(),
		Username:     display,
		UsernameKey:  key,
		Nickname:     nickname,
		PasswordHash: hash,
		Roles:        []string{RoleUser},
		Created:      clock(s.config.Now),
	}
}
