package deploy

import (
	"errors"
	"fmt"
	"net"
	"syscall"
)

// Listen opens a TCP listener on an address such as ":8080". Its errors are
// one line that names the address and the way out.
func Listen(addr string) (net.Listener, error) {
	listener, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("another program listens on %s already: stop it, or choose another address", addr)
	case errors.Is(err, syscall.EACCES):
		return nil, fmt.Errorf("listening on %s is not permitted: "+
			"ports below 1024 need privileges; choose a higher one", addr)
	case err != nil:
		return nil, fmt.Errorf("cannot listen on %q: %w", addr, err)
	}
	return listener, nil
}
