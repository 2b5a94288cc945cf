package agent

import (
	"cmp"
	"fmt"
	"os"

	deploy "example.com/authbook/05-deploy"
)

// settingsFile holds what ship knows of the server's address, for one slot, in
// the form of systemd's EnvironmentFile=.
func (m *machine) settingsFile(slot deploy.Slot) string {
	return m.path("etc/authbook/slot-" + string(slot) + ".env")
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
func (m *machine) readSettings(slot deploy.Slot) []byte {
	text, _ := os.ReadFile(m.settingsFile(slot))
	return text
}

// operatorFile holds what the operator has chosen, in the same form. systemd
// reads it after that of the slot.
const operatorFile = "etc/authbook/authbook.env"

// operatorText is the text of that file: as `set` wants it, or as it is.
func (m *machine) operatorText() envText {
	path := m.path(operatorFile)
	if text, ok := m.wanted[path]; ok {
		return envText(text)
	}
	text, _ := os.ReadFile(path) // not there: nothing is chosen
	return envText(text)
}

// chosen is what the operator has set a variable to, and "" where it is not set.
func (m *machine) chosen(name string) string { return m.operatorText().settings()[name] }

// checkAddress refuses an address on the command line that the operator's file
// would override.
func (c *change) checkAddress() error {
	if c.domain == "" && c.url == "" {
		return nil
	}
	for _, name := range []string{"DOMAIN", "PUBLIC_URL"} {
		if c.chosen(name) != "" {
			return fmt.Errorf("%s sets %s, which overrides -domain and -url; remove it there, or leave the flag out",
				c.path(operatorFile), name)
		}
	}
	return nil
}

// slotSettings is the text of the next release's file, given the slot that
// serves. nil: no file, because the operator has chosen a domain, and the server
// takes no URL beside that.
func (m *machine) slotSettings(serving deploy.Slot) []byte {
	if m.chosen("DOMAIN") != "" {
		return nil
	}
	return m.settings.text(m.readSettings(serving))
}

// domainOf is the name for which the server in a slot makes HTTPS, "" for none.
func (m *machine) domainOf(slot deploy.Slot) string {
	return cmp.Or(m.chosen("DOMAIN"), envText(m.readSettings(slot)).settings()["DOMAIN"])
}

// address is the public address that the settings of a slot lead to.
func (m *machine) address(slot deploy.Slot) string {
	if domain := m.domainOf(slot); domain != "" {
		return "https://" + domain
	}
	return cmp.Or(m.chosen("PUBLIC_URL"), envText(m.readSettings(slot)).settings()["PUBLIC_URL"])
}
