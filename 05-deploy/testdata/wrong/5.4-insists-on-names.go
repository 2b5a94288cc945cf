// Wrong: a service manager that gives no names is refused.
//
// Hint: Names are optional. sd_listen_fds(3) says what a listener without one
// is called.
//
// Fails:
//   - TestListenFDs/listeners_without_names
//   - TestListenFDs/no_listener
package deploy

import (
	"fmt"
	"strconv"
	"strings"
)

func listenFDs(getenv func(string) string, pid int) ([]string, error) {
	if getenv("LISTEN_PID") != strconv.Itoa(pid) {
		return nil, nil
	}
	n, err := strconv.Atoi(getenv("LISTEN_FDS"))
	if err != nil || n < 0 || n > maxFDs {
		return nil, fmt.Errorf("LISTEN_FDS: %q is not a number from 0 to %d", getenv("LISTEN_FDS"), maxFDs)
	}
	names := strings.Split(getenv("LISTEN_FDNAMES"), ":")
	if len(names) != n {
		return nil, fmt.Errorf("LISTEN_FDNAMES has %d names for %d listeners", len(names), n)
	}
	return names, nil
}
