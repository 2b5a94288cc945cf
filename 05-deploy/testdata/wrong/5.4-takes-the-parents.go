// Wrong: the listeners of the parent are taken for ours: descriptor 3 is then
// something else.
//
// Hint: Environment variables are inherited, and descriptors may not be. Which
// variable says for whom they are?
//
// Fails:
//   - TestListenFDs/listeners_for_the_parent
package deploy

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

func listenFDs(getenv func(string) string, pid int) ([]string, error) {
	if getenv("LISTEN_FDS") == "" && getenv("LISTEN_PID") == "" {
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
	return names, nil
}
