// Wrong: only the text is checked, and a number below zero or beyond all sense
// is believed.
//
// Hint: strconv.Atoi takes -1 too. What are the limits here?
//
// Fails:
//   - TestListenFDs/a_number_below_zero
//   - TestListenFDs/a_number_beyond_all_sense
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
	if err != nil {
		return nil, fmt.Errorf("LISTEN_FDS: %q is not a number from 0 to %d", getenv("LISTEN_FDS"), maxFDs)
	}
	if names := getenv("LISTEN_FDNAMES"); names != "" {
		all := strings.Split(names, ":")
		if len(all) != n {
			return nil, fmt.Errorf("LISTEN_FDNAMES has %d names for %d listeners", len(all), n)
		}
		return all, nil
	}
	var names []string
	for i := 0; i < n && i < maxFDs; i++ {
		names = append(names, "unknown")
	}
	return names, nil
}
