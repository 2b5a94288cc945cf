package tokens

import "errors"

// Why a session does not go on although its token is genuine.
var (
	// ErrRevoked says that the session was ended before its time.
	ErrRevoked = errors.New("tokens: session revoked")
	// ErrDisabled says that an administrator disabled the user.
	ErrDisabled = errors.New("tokens: user disabled")
)

// alive returns nil while the session may be used, and otherwise ErrRevoked,
// ErrDisabled or ErrExpired. Expired comes last: it tells the client that
// nothing worse happened than time going by.
//
//workbook:exercise 3.3 TestSnapshot_alive
func (s Snapshot) alive() error {
	switch {
	case s.Session.Revoked:
		return ErrRevoked
	case s.User.Disabled:
		return ErrDisabled
	case !s.Now.Before(s.Session.Expires):
		return ErrExpired
	default:
		return nil
	}
}
