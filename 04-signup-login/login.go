package accounts

import "net/http"

// logInRequest is not held to the rules of a new name or password: one that
// breaks them is wrong, and a wrong one gets the same answer whatever is
// wrong with it.
type logInRequest struct {
	Username string `json:"username" validate:"required"`
	Password string `json:"password" validate:"required"`
}

type logInAnswer struct {
	Token string `json:"token"`
}

// LogIn handles POST /login: 200 with the access token, and the refresh cookie
// that the session sets. An unknown name, a disabled user and a wrong password
// get the same 401 after the same work.
//
//workbook:exercise 4.8 TestService_LogIn(_.*)?|TestService_auditHoldsNoSecret
func (s *Service) LogIn(w http.ResponseWriter, r *http.Request) error {
	var in logInRequest
	if err := s.read(w, r, &in); err != nil {
		return err
	}
	account := accountKey(in.Username)
	user, err := s.orDummy(s.config.Users.ByKey(r.Context(), account))
	if err != nil {
		return err
	}
	if err := s.prove(r, claim{"login", account, user, in.Password}); err != nil {
		return err
	}
	return s.openSession(w, r, user)
}

// openSession answers with the token of a new session.
func (s *Service) openSession(w http.ResponseWriter, r *http.Request, user User) error {
	token, err := s.config.Sessions.OpenSession(w, r, user.ID, user.PasswordVersion)
	if err != nil {
		err = toProblem(err)
		s.audit(r, "login_failed", userID(user), codeOf(err))
		return err
	}
	s.audit(r, "login", userID(user))
	return writeJSON(w, http.StatusOK, logInAnswer{token})
}

// accountKey returns the key under which a name is looked up and throttled. A
// name that can't exist gets a key that no user can have, since it has a
// slash, so that it goes the same way as one that does not exist.
func accountKey(username string) string {
	_, key, err := NormalizeUsername(username)
	if err != nil {
		return "/" + digest(username)
	}
	return key
}
