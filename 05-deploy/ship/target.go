package main

import (
	"fmt"
	"net"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
)

// target is a machine and the account to use there.
type target struct {
	user string
	name string // host name or address, without brackets
	port string
}

// defaultUser is the account of a fresh Amazon Linux instance. Debian's is
// admin.
const defaultUser = "ec2-user"

var (
	userPattern = regexp.MustCompile(`^[a-z_][a-z0-9_-]*$`)
	namePattern = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$`)
)

// parseTarget reads [USER@]NAME[:PORT]. An IPv6 address with a port is in
// brackets.
func parseTarget(text string) (target, error) {
	t := target{user: defaultUser, name: text, port: "22"}
	if user, rest, ok := strings.Cut(text, "@"); ok {
		t.user, t.name = user, rest
	}
	if _, err := netip.ParseAddr(t.name); err != nil {
		if name, port, err := net.SplitHostPort(t.name); err == nil {
			t.name, t.port = name, port
		}
	}
	if !t.valid() {
		return target{}, fmt.Errorf("%q is not a host; use [USER@]NAME[:PORT], such as ec2-user@203.0.113.7", text)
	}
	return t, nil
}

func (t target) valid() bool {
	_, err := netip.ParseAddr(t.name)
	isHost := err == nil || namePattern.MatchString(t.name)
	port, err := strconv.ParseUint(t.port, 10, 16)
	return userPattern.MatchString(t.user) && isHost && err == nil && port != 0
}

// address is what to dial.
func (t target) address() string { return net.JoinHostPort(t.name, t.port) }

// url is where the server is, unless somebody says otherwise.
func (t target) url() string {
	if strings.Contains(t.name, ":") {
		return "http://[" + t.name + "]"
	}
	return "http://" + t.name
}
