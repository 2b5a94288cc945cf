package main

import (
	"fmt"
	"net"
	"strings"

	deploy "example.com/authbook/05-deploy"
)

// The names that systemd gives to the two listeners
// (05-deploy/systemd/*.socket).
const (
	httpListener  = "http"
	httpsListener = "https"
)

// openListener takes the listener that a service manager holds, or opens one
// on ADDR. It notes in c where that is.
func openListener(c *config, getenv func(string) string) (net.Listener, error) {
	held, err := deploy.Inherited(getenv)
	if err != nil {
		return nil, err
	}
	listener := held[httpListener]
	if len(held) == 0 {
		if listener, err = deploy.Listen(c.addr); err != nil {
			return nil, fmt.Errorf("ADDR: %w", err)
		}
	} else {
		if listener == nil {
			return nil, fmt.Errorf("no inherited listener is named %q", httpListener)
		}
		if secure := held[httpsListener]; secure != nil {
			go hangUp(secure)
		}
		c.addr = "the listener of the service manager"
	}
	if c.publicURL == "" {
		c.publicURL = localURL(listener.Addr())
	}
	return listener, nil
}

// localURL is how this machine reaches the listener.
func localURL(addr net.Addr) string {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok || tcp.IP.IsUnspecified() || tcp.IP.IsLoopback() {
		_, port, _ := net.SplitHostPort(addr.String())
		return strings.TrimSuffix("http://localhost:"+port, ":80")
	}
	return "http://" + addr.String()
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
