// Wrong: the names are in an order of their own, and the port of HTTPS is
// called http.
//
// Hint: The first name belongs to descriptor 3, the second to 4. What must
// stay?
//
// Fails:
//   - TestListenFDs/two_listeners,_in_their_order
package deploy

import (
	"fmt"
	"slices"
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
	if getenv("LISTEN_FDNAMES") == "" {
		return slices.Repeat([]string{"unknown"}, n), nil
	}
	names := strings.Split(getenv("LISTEN_FDNAMES"), ":")
	if len(names) != n {
		return nil, fmt.Errorf("LISTEN_FDNAMES has %d names for %d listeners", len(names), n)
	}
	slices.Sort(names)
	return names, nil
}
