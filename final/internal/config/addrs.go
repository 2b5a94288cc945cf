package config

import (
	"fmt"
	"net"
	"strconv"
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
	return checkHostPort("ADMIN_ADDR", addr, defaultOf("ADMIN_ADDR")+", or "+adminOff)
}

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
