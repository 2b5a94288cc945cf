package main

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
)

// target is a machine and the account to use there, as the operator names them.
type target struct {
	user string // "" until ssh is asked, where nobody is named
	name string // host name, address without brackets, or an alias of the configuration of ssh
	port string // "" where none is named
}

// defaultUser is the account of a fresh Amazon Linux instance. Debian's is
// admin.
const defaultUser = "ec2-user"

var (
	userPattern = regexp.MustCompile(`^[a-z_][a-z0-9_-]*$`)
	namePattern = regexp.MustCompile(`^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$`)
)

// parseTarget reads [USER@]NAME[:PORT], and the same after ssh://. An IPv6
// address with a port is in brackets. What begins with a dash would be an option
// for ssh, and is no host.
func parseTarget(text string) (target, error) {
	t := target{name: strings.TrimPrefix(text, "ssh://")}
	user, rest, named := strings.Cut(t.name, "@")
	if named {
		t.user, t.name = user, rest
	}
	_, err := netip.ParseAddr(t.name)
	if name, port, splitErr := net.SplitHostPort(t.name); err != nil && splitErr == nil {
		t.name, t.port = name, port
	}
	if !t.valid() || (named && t.user == "") {
		return target{}, fmt.Errorf("%q is not a host; use [USER@]NAME[:PORT], such as ec2-user@203.0.113.7", text)
	}
	return t, nil
}

func (t target) valid() bool {
	_, err := netip.ParseAddr(t.name)
	isHost := err == nil || namePattern.MatchString(t.name)
	port, err := strconv.ParseUint(t.port, 10, 16)
	isPort := t.port == "" || (err == nil && port != 0)
	return (t.user == "" || userPattern.MatchString(t.user)) && isHost && isPort
}

// words are the target on the command line of ssh.
func (t target) words() (words []string) {
	if t.user != "" {
		words = append(words, "-l", t.user)
	}
	if t.port != "" {
		words = append(words, "-p", t.port)
	}
	return append(words, "--", t.name)
}

// place is where a target leads, as ssh itself reads its configuration.
type place struct {
	host       string   // name or address
	knownHosts []string // files
}

// resolve asks ssh where a target leads, and fills in the account.
func (a *app) resolve(ctx context.Context, t *target) (place, error) {
	found, err := a.configured(ctx, *t)
	if err != nil {
		return place{}, err
	}
	if t.user == "" {
		nobody, err := a.configured(ctx, *t, "-F", "none")
		if err != nil {
			return place{}, err
		}
		t.user = found["user"]
		// The configuration of ssh says nothing of it.
		if t.user == nobody["user"] && found["hostname"] == nobody["hostname"] {
			t.user = defaultUser
		}
	}
	return place{found["hostname"], strings.Fields(found["userknownhostsfile"])}, nil
}

// configured are the settings that ssh would use for a target, by their names in
// lower case. -G prints them, and connects to nobody.
func (a *app) configured(ctx context.Context, t target, options ...string) (map[string]string, error) {
	text, err := local(ctx, a.ssh, append(append([]string{"-G"}, options...), t.words()...)...)
	settings := map[string]string{}
	for lines := bufio.NewScanner(strings.NewReader(text)); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), " ")
		settings[name] = value
	}
	return settings, err
}

// url is where the server is, unless somebody says otherwise.
func (p place) url() string {
	if strings.Contains(p.host, ":") {
		return "http://[" + p.host + "]"
	}
	return "http://" + p.host
}
