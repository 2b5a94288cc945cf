package accounts

import "net/http"

// Me handles GET /me: 200 with the caller.
func (s *Service) Me(w http.ResponseWriter, r *http.Request) error {
	c, err := s.caller(r)
	if err != nil {
		return err
	}
	return writeJSON(w, http.StatusOK, newUserView(c.Username, c.Nickname, c.Roles))
}

type changePasswordRequest struct {
	CurrentPassword string `json:"currentPassword" validate:"required"`
	NewPassword     string `json:"newPassword" validate:"required,password"`
}

// ChangePassword handles PUT /me/password: 204. It needs the current password,
// since a stolen token must not be enough to take the account over, and it ends
// every other session.
func (s *Service) ChangePassword(w http.ResponseWriter, r *http.Request) error {
	caller, err := s.caller(r)
	if err != nil {
		return err
	}
	var in changePasswordRequest
	if err := s.read(w, r, &in); err != nil {
		return err
	}
	user, err := s.proveCaller(r, caller, "password_change", in.CurrentPassword)
	if err != nil {
		return err
	}
	hash, err := s.hash(r.Context(), in.NewPassword)
	if err != nil {
		return err
	}
	err = s.config.Users.ChangePassword(r.Context(), user.ID, user.PasswordVersion, hash, caller.SessionID)
	return s.done(w, r, "password_change", user, err)
}

type deleteRequest struct {
	CurrentPassword string `json:"currentPassword" validate:"required"`
}

// DeleteMe handles DELETE /me: 204, and 409 for the last administrator. It
// needs the current password and ends every session.
func (s *Service) DeleteMe(w http.ResponseWriter, r *http.Request) error {
	caller, err := s.caller(r)
	if err != nil {
		return err
	}
	var in deleteRequest
	if err := s.read(w, r, &in); err != nil {
		return err
	}
	user, err := s.proveCaller(r, caller, "account_delete", in.CurrentPassword)
	if err != nil {
		return err
	}
	err = s.config.Users.Delete(r.Context(), user.ID, user.PasswordVersion)
	return s.done(w, r, "account_delete", user, err)
}

// proveCaller returns the caller's user if the password is theirs. It throttles
// under the same key as log-in: two doors must not mean twice the guesses.
func (s *Service) proveCaller(r *http.Request, c Caller, action, password string) (User, error) {
	user, err := s.orDummy(s.config.Users.ByID(r.Context(), c.ID))
	if err != nil {
		return User{}, err
	}
	return user, s.prove(r, claim{action, accountKey(c.Username), user, password})
}

// done answers 204 unless the store refused.
func (s *Service) done(w http.ResponseWriter, r *http.Request, event string, user User, err error) error {
	if err != nil {
		err = toProblem(err)
		s.audit(r, event+"_failed", userID(user), codeOf(err))
		return err
	}
	s.audit(r, event, userID(user))
	w.WriteHeader(http.StatusNoContent)
	return nil
}
