package config

import (
	"fmt"
	"net"
	"regexp"
	"strconv"
	"strings"
)

// adminOff is the value of ADMIN_ADDR that switches it off.
const adminOff = "off"

// readAddrs reads where the server listens for its clients.
func (c *Config) readAddrs(get environment) error {
	c.Addr = get.value("ADDR")
	if c.Domain == "" {
		return checkHostPort("ADDR", c.Addr, defaultOf("ADDR"))
	}
	if get("ADDR") == "" {
		c.Addr = addrWithDomain
	}
	c.HTTPSAddr = get.value("HTTPS_ADDR")
	if err := checkHostPort("ADDR", c.Addr, addrWithDomain); err != nil {
		return err
	}
	return checkHostPort("HTTPS_ADDR", c.HTTPSAddr, defaultOf("HTTPS_ADDR"))
}

// readAdminAddr reads where the server listens for the operator.
func (c *Config) readAdminAddr(get environment) error {
	addr := get.value("ADMIN_ADDR")
	if addr == adminOff {
		return nil
	}
	c.AdminAddr = addr
	return checkHostPort("ADMIN_ADDR", addr, fmt.Sprintf("%s, or off", defaultOf("ADMIN_ADDR")))
}

// readAdminHosts reads by which names the operator reaches the server.
func (c *Config) readAdminHosts(get environment) error {
	text := get.value("ADMIN_HOSTS")
	if text == "" {
		return nil
	}
	for name := range strings.SplitSeq(text, ",") {
		name = strings.ToLower(strings.TrimSpace(name))
		if !hostName.MatchString(name) {
			return fmt.Errorf("ADMIN_HOSTS: %q is not the name of a host; use for example authbook.internal", name)
		}
		c.AdminHosts = append(c.AdminHosts, name)
	}
	return nil
}

// hostName is a name as a client sends it in Host, without the port.
var hostName = regexp.MustCompile(`^[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?$`)

func checkHostPort(name, addr, example string) error {
	_, port, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("%s: %q is not host:port; use for example %s", name, addr, example)
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return fmt.Errorf("%s: %q has no port between 0 and 65535; use for example %s", name, addr, example)
	}
	return nil
}
