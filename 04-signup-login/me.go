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
// since a stolen token must not be enough to take the account over. It ends every
// other session, and renews the refresh token of this one if the client has it.
func (s *Service) ChangePassword(w http.ResponseWriter, r *http.Request) error {
	caller, err := s.caller(r)
	if err != nil {
		return err
	}
	var in changePasswordRequest
	if err := s.read(w, r, &in); err != nil {
		return err
	}
	if err := s.checkChange(in, caller); err != nil {
		return err
	}
	c, err := s.claimOf(r, caller, "password_change", in.CurrentPassword)
	if err != nil {
		return err
	}
	hash, err := s.proveAndHash(r, c, in.NewPassword)
	if err != nil {
		return err
	}
	kept := Kept{caller.SessionID, s.config.Sessions.Renewable(r, caller.SessionID)}
	err = s.config.Users.ChangePassword(r.Context(), c.user.ID, c.user.PasswordVersion, hash, kept)
	if err != nil {
		return s.refuse(r, c.action, c.user, err)
	}
	s.audit(r, c.action, userID(c.user))
	return s.answerChange(w, r, c.user, kept)
}

// answerChange answers a change of the password, with the next refresh token
// where the one before is over, and a new cookie of this browser, since the
// change has ended those of all browsers.
func (s *Service) answerChange(w http.ResponseWriter, r *http.Request, changed User, kept Kept) error {
	if kept.Renew {
		if err := s.config.Sessions.SetRenewed(w, r, kept.SessionID); err != nil {
			return err
		}
	}
	changed.PasswordVersion++
	s.config.Devices.Remember(w, changed)
	w.WriteHeader(http.StatusNoContent)
	return nil
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
	c, err := s.claimOf(r, caller, "account_delete", in.CurrentPassword)
	if err != nil {
		return err
	}
	if err := s.prove(r, c); err != nil {
		return err
	}
	if err := s.config.Users.Delete(r.Context(), c.user.ID, c.user.PasswordVersion); err != nil {
		return s.refuse(r, c.action, c.user, err)
	}
	s.audit(r, c.action, userID(c.user))
	w.WriteHeader(http.StatusNoContent)
	return nil
}
