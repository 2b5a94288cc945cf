package ops

import (
	"os"
	"os/user"
	"regexp"
)

// operator is who runs this command, and with sudo who asked for it.
func (d desk) operator() string {
	current, err := user.Current()
	if err != nil {
		return "unknown"
	}
	cgroup, _ := os.ReadFile("/proc/self/cgroup") // none: not Linux
	if !rootAsked(current.Uid, string(cgroup)) {
		return current.Username
	}
	return askedBy(current.Username, d.getenv, user.Lookup)
}

// ofSystemdRun is the cgroup of a service of the system that systemd-run made.
var ofSystemdRun = regexp.MustCompile(`(?m)^0::/system\.slice/run-[^/]+\.service$`)

// rootAsked reports whether root gave the command its environment: to itself, or
// through systemd-run, by which ship has the commands run as the service does.
// Anybody else can set SUDO_USER, but can't enter a cgroup of the system
// (cgroups(7)).
func rootAsked(uid, cgroup string) bool { return uid == "0" || ofSystemdRun.MatchString(cgroup) }

// askedBy returns whom sudo ran the command for, and else who runs it. sudo says
// so twice, by name and by number.
func askedBy(runs string, getenv func(string) string, lookup func(string) (*user.User, error)) string {
	asked, err := lookup(getenv("SUDO_USER"))
	if err != nil || asked.Uid != getenv("SUDO_UID") {
		return runs
	}
	return asked.Username
}
