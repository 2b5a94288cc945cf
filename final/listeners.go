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

// listeners are where connections come in.
type listeners struct {
	http      net.Listener
	https     net.Listener // nil without DOMAIN
	inherited bool         // a service manager holds them
}

// openListeners takes the listeners that a service manager holds, or opens its
// own on ADDR and HTTPS_ADDR. It notes in c where they are.
func openListeners(c *config, getenv func(string) string) (l listeners, err error) {
	held, err := deploy.Inherited(getenv)
	if err != nil {
		return l, err
	}
	if len(held) > 0 {
		l, err = inherit(c, held)
	} else {
		l, err = listen(c)
	}
	if err == nil && c.publicURL == "" {
		c.publicURL = localURL(l.http.Addr())
	}
	return l, err
}

func inherit(c *config, held map[string]net.Listener) (listeners, error) {
	l := listeners{http: held[httpListener], inherited: true}
	if l.http == nil {
		return l, fmt.Errorf("no inherited listener is named %q", httpListener)
	}
	secure := held[httpsListener]
	switch {
	case c.domain != "" && secure == nil:
		return l, fmt.Errorf("DOMAIN is set, and no inherited listener is named %q", httpsListener)
	case c.domain != "":
		l.https = secure
	case secure != nil:
		go hangUp(secure)
	}
	c.addr = "the listener of the service manager"
	c.httpsAddr = c.addr
	return l, nil
}

func listen(c *config) (l listeners, err error) {
	if l.http, err = deploy.Listen(c.addr); err != nil {
		return l, fmt.Errorf("ADDR: %w", err)
	}
	if c.domain == "" {
		return l, nil
	}
	if l.https, err = deploy.Listen(c.httpsAddr); err != nil {
		l.close()
		return l, fmt.Errorf("HTTPS_ADDR: %w", err)
	}
	return l, nil
}

func (l listeners) close() {
	_ = l.http.Close()
	if l.https != nil {
		_ = l.https.Close()
	}
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
