package host

import (
	"fmt"
	"os"
	"strings"

	deploy "example.com/authbook/05-deploy"
)

// settingsFile holds what ship knows of the server's address, for one slot, in
// the form of systemd's EnvironmentFile=.
func (h *host) settingsFile(slot deploy.Slot) string {
	return h.path("etc/authbook/slot-" + string(slot) + ".env")
}

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

// readSettings returns nil for a slot that never ran.
func (h *host) readSettings(slot deploy.Slot) []byte {
	text, _ := os.ReadFile(h.settingsFile(slot))
	return text
}

// address is the public address that the settings of a slot lead to.
func (h *host) address(slot deploy.Slot) string {
	text := strings.TrimSpace(string(h.readSettings(slot)))
	if domain, ok := strings.CutPrefix(text, "DOMAIN="); ok {
		return "https://" + domain
	}
	return strings.TrimPrefix(text, "PUBLIC_URL=")
}
