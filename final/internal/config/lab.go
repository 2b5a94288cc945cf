package config

import (
	"errors"
	"net"
	"net/url"

	"example.com/authbook/internal/onlyhere"
)

// readLab reads LAB, after all that it depends on. The lab says which check refused a
// token, so it is for the one who sits at this machine.
func (c *Config) readLab(get environment) (err error) {
	if c.Lab, err = get.choice("LAB", "on", "off"); err != nil || !c.Lab {
		return err
	}
	c.LabExercises = get.value("LAB_EXERCISES")
	switch {
	case c.Domain != "":
		return errors.New("LAB=on is for a server of this machine alone: unset LAB, or unset DOMAIN")
	case c.PublicURL != "" && !isLocal(c.PublicURL):
		return errors.New("LAB=on is for a server of this machine alone: unset LAB, or unset PUBLIC_URL")
	case len(c.TrustedProxies) > 0:
		return errors.New("LAB=on is for a server of this machine alone: unset LAB, or unset TRUSTED_PROXIES")
	case !onlyhere.IsName(hostOf(c.Addr)):
		return errors.New("LAB=on is for a server of this machine alone: unset LAB, or set ADDR=127.0.0.1:8080")
	}
	return nil
}

// isLocal reports whether clients are on this machine and come without a proxy.
func isLocal(o Origin) bool {
	u, err := url.Parse(string(o))
	return err == nil && u.Scheme == "http" && onlyhere.IsName(u.Hostname())
}

func hostOf(hostPort string) string {
	host, _, _ := net.SplitHostPort(hostPort)
	return host
}
