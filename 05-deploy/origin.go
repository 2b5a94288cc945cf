package deploy

import (
	"cmp"
	"errors"
	"net/netip"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// CheckOrigin reads a server's address, such as https://auth.example.com, and
// returns it as browsers write it in the header Origin (RFC 6454 section 6.2):
// in small letters and without the scheme's own port. A slash at its end is
// fine. For anything else that is more or less than scheme and host it returns
// an error in one line. The error does not repeat the text, because there may be
// a password in it.
func CheckOrigin(text string) (string, error) {
	u, err := url.Parse(text)
	if err != nil {
		return "", errOrigin
	}
	bare := url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
	if *u != bare || strings.TrimPrefix(u.Path, "/") != "" {
		return "", errOrigin
	}
	own := map[string]string{"http": "80", "https": "443"}[u.Scheme] // "" is no number
	port, err := strconv.ParseUint(cmp.Or(u.Port(), own), 10, 16)
	host := originHost(u.Hostname())
	if err != nil || port == 0 || host == "" {
		return "", errOrigin
	}
	if number := strconv.FormatUint(port, 10); number != own {
		host += ":" + number
	}
	return u.Scheme + "://" + host, nil
}

var errOrigin = errors.New("use scheme and host alone, such as https://auth.example.com")

// originHost is a name or an address as an origin writes it, and "" for a text
// that is neither.
func originHost(text string) string {
	addr, err := netip.ParseAddr(text)
	switch name := strings.ToLower(text); {
	case err == nil && addr.Zone() != "":
		return "" // an interface of one machine means nothing to others
	case err == nil && addr.Is6():
		return "[" + addr.String() + "]"
	case hostPattern.MatchString(name):
		return name
	}
	return ""
}

// hostPattern is what the name of a host may hold. Browsers write other
// letters than these in Punycode.
var hostPattern = regexp.MustCompile(`^[a-z0-9._-]+$`)
