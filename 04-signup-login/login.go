package accounts

import "net/http"

// logInRequest is not held to the rules of a new name or password: one that
// breaks them is wrong, and a wrong one gets the same answer whatever is
// wrong with it.
type logInRequest struct {
	Username string `json:"username" validate:"required"`
	Password string `json:"password" validate:"required"`
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
	user, err := s.userOrDummy(r.Context(), account)
	if err != nil {
		return err
	}
	if err := s.prove(r, claim{"login", account, user, in.Password}); err != nil {
		return err
	}
	return s.openSession(w, r, user)
}
