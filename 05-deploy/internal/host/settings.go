package host

import (
	"fmt"
	"os"
	"strings"
)

// settingsFile holds what ship knows of the server's address, in the form of
// systemd's EnvironmentFile=.
const settingsFile = "etc/authbook/ship.env"

// settings is the address under which clients reach the server. It is asked
// for once, and kept on the machine for every later ship.
type settings struct {
	domain     string // turns HTTPS on
	url        string // scheme and host, without HTTPS of our own
	defaultURL string // what holds where nothing else was ever said
}

// text is the file's new text, given its old one.
func (s settings) text(old []byte) []byte {
	switch {
	case s.domain != "":
		return fmt.Appendf(nil, "DOMAIN=%s\n", s.domain)
	case s.url != "":
		return fmt.Appendf(nil, "PUBLIC_URL=%s\n", s.url)
	case len(old) > 0:
		return old
	}
	return fmt.Appendf(nil, "PUBLIC_URL=%s\n", s.defaultURL)
}

func (h *host) readSettings() []byte {
	text, _ := os.ReadFile(h.path(settingsFile)) // not there before the first ship
	return text
}

// address is the public address that the settings lead to.
func (h *host) address() string {
	text := strings.TrimSpace(string(h.readSettings()))
	if domain, ok := strings.CutPrefix(text, "DOMAIN="); ok {
		return "https://" + domain
	}
	return strings.TrimPrefix(text, "PUBLIC_URL=")
}
