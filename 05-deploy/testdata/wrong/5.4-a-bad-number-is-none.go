// Wrong: a number that cannot be read is taken for none, and the server opens a
// port of its own.
//
// Hint: Somebody meant to hand listeners over, and the number can't be read. A
// server on another port is not what they want: it is an error, which quotes
// what came.
//
// Fails:
//   - TestListenFDs/a_number_below_zero
//   - TestListenFDs/a_number_beyond_all_sense
//   - TestListenFDs/a_number_that_is_a_word
//   - TestListenFDs/no_number
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
		return nil, nil
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
