package tokens

import (
	"net/http"
	"time"

	"example.com/authbook/internal/problem"
)

// Cookie is how the refresh token travels: out of reach of scripts (HttpOnly)
// and never on a request that another site caused (SameSite=Strict). Its name
// and its Secure attribute are chosen once, from the server's public URL. A
// choice per request would let a forged header weaken it.
type Cookie struct {
	name   string
	secure bool
}

// NewCookie returns the cookie of a server whose public URL is https (secure)
// or http. Over https the name has the prefix __Host-, with which a browser
// accepts the cookie from this host alone, over TLS and for the path / (RFC
// 6265bis section 4.1.3.2).
func NewCookie(secure bool) Cookie {
	if secure {
		return Cookie{name: "__Host-refresh", secure: true}
	}
	return Cookie{name: "refresh"}
}

// set stores the refresh token for as long as its session may last, in whole
// seconds.
func (c Cookie) set(w http.ResponseWriter, p Pair) {
	// Max-Age 0 would mean "until the browser closes" to net/http.
	c.write(w, p.RefreshToken, max(1, int(p.RefreshTTL/time.Second)))
}

// clear removes the cookie. Name, path and attributes are those of set, since
// a browser takes it for another cookie otherwise.
func (c Cookie) clear(w http.ResponseWriter) { c.write(w, "", -1) }

func (c Cookie) write(w http.ResponseWriter, value string, maxAge int) {
	http.SetCookie(w, &http.Cookie{
		Name:     c.name,
		Value:    value,
		Path:     "/",
		MaxAge:   maxAge,
		HttpOnly: true,
		Secure:   c.secure,
		SameSite: http.SameSiteStrictMode,
	})
}

// read returns the refresh token of the request. Two cookies of the name that
// differ are refused: one of them was planted, by a neighbouring host or over
// plain http, and the server can't tell which.
func (c Cookie) read(r *http.Request) (string, error) {
	values := c.all(r)
	if len(values) == 0 {
		return "", problem.New(problem.TokenNotFound, "")
	}
	for _, value := range values[1:] {
		if value != values[0] {
			return "", problem.New(problem.InvalidToken, "")
		}
	}
	return values[0], nil
}

// all returns the values of every cookie of the name, but not empty ones,
// which carry no token.
func (c Cookie) all(r *http.Request) []string {
	var values []string
	for _, cookie := range r.CookiesNamed(c.name) {
		if cookie.Value != "" {
			values = append(values, cookie.Value)
		}
	}
	return values
}
