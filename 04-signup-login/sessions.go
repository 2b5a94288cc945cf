package accounts

import (
	"errors"
	"net/http"
)

// ErrUserChanged is what [Sessions] return if the user was disabled or deleted,
// or changed the password, after the password was checked.
var ErrUserChanged = errors.New("accounts: the user changed since the password was checked")

// Sessions opens a session for a user whose password was checked, and hands out
// the next refresh token of one whose password changed.
type Sessions interface {
	// OpenSession returns the access token and sets the refresh cookie. It
	// returns ErrUserChanged unless the user still has this password version.
	OpenSession(w http.ResponseWriter, r *http.Request, userID string, passwordVersion int64) (token string, err error)

	// Renewable reports whether the request carries a refresh token of the
	// session. A client that sends none keeps it elsewhere, and would lose its
	// session if it were renewed.
	Renewable(r *http.Request, sessionID string) bool

	// SetRenewed sets the refresh cookie of a session that was renewed.
	SetRenewed(w http.ResponseWriter, r *http.Request, sessionID string) error
}

// logInAnswer is what a log-in answers.
type logInAnswer struct {
	Token string `json:"token"`
}

// openSession answers a log-in with the token of a new session.
func (s *Service) openSession(w http.ResponseWriter, r *http.Request, user User) error {
	token, err := s.config.Sessions.OpenSession(w, r, user.ID, user.PasswordVersion)
	if err != nil {
		return s.refuse(r, "login", user, err)
	}
	s.config.Devices.Remember(w, user)
	s.audit(r, "login", userID(user))
	return writeJSON(w, http.StatusOK, logInAnswer{token})
}
