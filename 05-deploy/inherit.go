package deploy

import (
	"fmt"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"
)

const (
	// firstFD is the first file descriptor that a service manager hands over
	// (SD_LISTEN_FDS_START).
	firstFD = 3
	// maxFDs is more listeners than any server has.
	maxFDs = 64
)

// Inherited returns the listeners that a service manager holds for this
// process, by name: systemd calls that socket activation. The manager keeps
// its own copy, so connections wait in it while no process accepts them: a
// restart refuses nobody. Without a service manager it returns an empty map.
//
// It may be called once. The caller closes the listeners.
func Inherited(getenv func(string) string) (map[string]net.Listener, error) {
	names, err := listenFDs(getenv, os.Getpid())
	if err != nil {
		return nil, err
	}
	return takeListeners(names, firstFD)
}

// listenFDs returns the names of the listeners that a service manager hands to
// the process pid, in the order of their file descriptors (sd_listen_fds(3)):
//
//	LISTEN_PID      for whom they are; a child that inherits the variables is
//	                not meant
//	LISTEN_FDS      how many there are; their descriptors count up from 3
//	LISTEN_FDNAMES  their names, with colons between; "unknown" when not set
//
//workbook:exercise 5.4
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
	return names, nil
}

// takeListeners turns the descriptors from first on into listeners.
func takeListeners(names []string, first int) (map[string]net.Listener, error) {
	listeners := map[string]net.Listener{}
	for i, name := range names {
		listener, err := takeListener(first+i, name)
		if err == nil && listeners[name] != nil {
			_ = listener.Close()
			err = fmt.Errorf("two inherited listeners are named %q", name)
		}
		if err != nil {
			for _, taken := range listeners {
				_ = taken.Close()
			}
			return nil, err
		}
		listeners[name] = listener
	}
	return listeners, nil
}

func takeListener(fd int, name string) (net.Listener, error) {
	file := os.NewFile(uintptr(fd), name)
	defer file.Close() // FileListener makes its own copy
	listener, err := net.FileListener(file)
	if err != nil {
		return nil, fmt.Errorf("inherited file descriptor %d (%s) is not a listener: %w", fd, name, err)
	}
	return listener, nil
}
