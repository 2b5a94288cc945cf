// Wrong: names that do not match the descriptors are believed.
//
// Hint: LISTEN_FDS says how many there are. What if LISTEN_FDNAMES says
// otherwise?
//
// Fails:
//   - TestListenFDs/too_few_names
//   - TestListenFDs/too_many_names
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
	return strings.Split(getenv("LISTEN_FDNAMES"), ":"), nil
}
