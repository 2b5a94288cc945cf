package accounts

import "net/http"

// Devices know the browsers in which a user has logged in before, by a cookie.
type Devices interface {
	// Remember sets the cookie of a browser whose user has just proved the
	// password. It counts while the user has this password version.
	Remember(w http.ResponseWriter, u User)

	// Recognize returns the cookie that the request carries, "" if it has none,
	// and whether it was made for this user and still counts. It takes as long
	// for a cookie that does not, and for nobody.
	Recognize(r *http.Request, u User) (device string, known bool)
}

// noDevices know no browser.
type noDevices struct{}

func (noDevices) Remember(http.ResponseWriter, User) {}

func (noDevices) Recognize(*http.Request, User) (string, bool) { return "", false }
