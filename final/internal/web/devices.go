package web

import (
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"time"

	accounts "example.com/authbook/04-signup-login"
)

const (
	// deviceInfo is what the key of the cookie is for (RFC 5869 section 3.2).
	deviceInfo = "authbook/device/v1"
	// deviceAge is for how long a browser keeps it after its last log-in.
	deviceAge = 365 * 24 * time.Hour
)

// devices know the browsers that have logged in before, by a cookie for one user:
//
//	dc1.<id, 26 characters of base32>.<MAC, 43 characters of base64url>
//
// The MAC covers the user and the version of the password, neither of which is
// in the cookie, so that it ends when the version rises. The server stores
// nothing of it.
type devices struct {
	keys   [][]byte // the current one first; the one before only verifies
	name   string
	secure bool
}

var _ accounts.Devices = devices{}

// newDevices derives the keys of current and, unless it is nil, of previous.
func newDevices(secure bool, current, previous []byte) (devices, error) {
	d := devices{name: "device", secure: secure}
	if secure {
		d.name = "__Host-device"
	}
	for _, secret := range [][]byte{current, previous} {
		if secret == nil {
			continue
		}
		key, err := hkdf.Key(sha256.New, secret, nil, deviceInfo, sha256.Size)
		if err != nil {
			return devices{}, err
		}
		d.keys = append(d.keys, key)
	}
	return d, nil
}

// deviceForm is strict, so that each cookie has one spelling.
var deviceForm = regexp.MustCompile(`^dc1\.([A-Z2-7]{26})\.([A-Za-z0-9_-]{43})$`)

// Remember implements [accounts.Devices].
func (d devices) Remember(w http.ResponseWriter, u accounts.User) {
	id := rand.Text()
	http.SetCookie(w, &http.Cookie{
		Name:     d.name,
		Value:    "dc1." + id + "." + deviceMAC(d.keys[0], id, u),
		Path:     "/",
		MaxAge:   int(deviceAge / time.Second),
		HttpOnly: true,
		Secure:   d.secure,
		SameSite: http.SameSiteStrictMode,
	})
}

// Recognize implements [accounts.Devices].
func (d devices) Recognize(r *http.Request, u accounts.User) (device string, known bool) {
	id, mac := d.read(r)
	if id == "" {
		return "", false
	}
	for _, key := range d.keys { // all of them: which one fits must not show in the time
		fits := hmac.Equal([]byte(mac), []byte(deviceMAC(key, id, u)))
		known = known || fits
	}
	return id, known && u.ID != ""
}

// read returns the parts of the request's cookie. Of two that differ neither
// counts: one was planted, and nobody can tell which.
func (d devices) read(r *http.Request) (id, mac string) {
	var values []string
	for _, cookie := range r.CookiesNamed(d.name) {
		values = append(values, cookie.Value)
	}
	slices.Sort(values)
	if values = slices.Compact(values); len(values) != 1 {
		return "", ""
	}
	parts := deviceForm.FindStringSubmatch(values[0])
	if parts == nil {
		return "", ""
	}
	return parts[1], parts[2]
}

func deviceMAC(key []byte, id string, u accounts.User) string {
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "dc1\x00%s\x00%s\x00%d", id, u.ID, u.PasswordVersion)
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}
