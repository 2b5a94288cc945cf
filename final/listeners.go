package main

import (
	"fmt"
	"net"

	deploy "example.com/authbook/05-deploy"
)

// The names that systemd gives to the two listeners
// (05-deploy/systemd/*.socket).
const (
	httpListener  = "http"
	httpsListener = "https"
)

// openListener takes the listener that a service manager holds, or opens one
// on ADDR. inherited tells which.
func openListener(c config, getenv func(string) string) (listener net.Listener, inherited bool, err error) {
	held, err := deploy.Inherited(getenv)
	if err != nil {
		return nil, false, err
	}
	if len(held) == 0 {
		listener, err := deploy.Listen(c.addr)
		if err != nil {
			return nil, false, fmt.Errorf("ADDR: %w", err)
		}
		return listener, false, nil
	}
	if held[httpListener] == nil {
		return nil, false, fmt.Errorf("no inherited listener is named %q", httpListener)
	}
	if secure := held[httpsListener]; secure != nil {
		go hangUp(secure)
	}
	return held[httpListener], true, nil
}

// hangUp ends every connection to the port of HTTPS, which this server does
// not speak: nobody else would accept them, and clients would wait for ever.
func hangUp(listener net.Listener) {
	for {
		conn, err := listener.Accept()
		if err != nil {
			return
		}
		_ = conn.Close()
	}
}
