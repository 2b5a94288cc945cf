package serve

import (
	"errors"
	"fmt"
	"net"
	"strings"

	deploy "example.com/authbook/05-deploy"
	"example.com/authbook/final/internal/config"
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
	admin     net.Listener // nil while ADMIN_ADDR is off or taken
	inherited bool         // a service manager holds them
}

// openListeners takes the listeners that a service manager holds, or opens its
// own on ADDR and HTTPS_ADDR, and opens ADMIN_ADDR.
func openListeners(c config.Config, getenv func(string) string) (l listeners, err error) {
	held, err := deploy.Inherited(getenv)
	if err != nil {
		return l, err
	}
	if len(held) > 0 {
		l, err = inherit(c, held)
	} else {
		l, err = listen(c)
	}
	if err != nil {
		return l, err
	}
	if l.admin, err = listenAdmin(c, l); err != nil {
		l.close()
	}
	return l, err
}

func inherit(c config.Config, held map[string]net.Listener) (listeners, error) {
	l := listeners{http: held[httpListener], inherited: true}
	if c.Lab {
		return l, errors.New("LAB=on is for a server that listens on ADDR itself, and a service manager listens for this one")
	}
	if l.http == nil {
		return l, fmt.Errorf("no inherited listener is named %q", httpListener)
	}
	secure := held[httpsListener]
	switch {
	case c.Domain != "" && secure == nil:
		return l, fmt.Errorf("DOMAIN is set, and no inherited listener is named %q", httpsListener)
	case c.Domain != "":
		l.https = secure
	case secure != nil:
		go hangUp(secure)
	}
	return l, nil
}

func listen(c config.Config) (l listeners, err error) {
	if l.http, err = deploy.Listen(c.Addr); err != nil {
		return l, fmt.Errorf("ADDR: %w", err)
	}
	if c.Domain == "" {
		return l, nil
	}
	if l.https, err = listenHTTPS(c, l); err != nil {
		l.close()
	}
	return l, err
}

func listenHTTPS(c config.Config, l listeners) (net.Listener, error) {
	if err := l.apart("HTTPS_ADDR", c.HTTPSAddr); err != nil {
		return nil, err
	}
	listener, err := deploy.Listen(c.HTTPSAddr)
	if err != nil {
		return nil, fmt.Errorf("HTTPS_ADDR: %w", err)
	}
	return listener, nil
}

// origin is how clients reach the server: PUBLIC_URL, or else how this machine
// reaches the listener.
func (l listeners) origin(c config.Config) config.Origin {
	if c.PublicURL != "" {
		return c.PublicURL
	}
	return localURL(l.http.Addr())
}

// metricsURL is where the metrics are, and "" where nobody listens.
func (l listeners) metricsURL() string {
	if l.admin == nil {
		return ""
	}
	return "http://" + l.admin.Addr().String() + "/metrics"
}

func (l listeners) close() {
	for _, listener := range []net.Listener{l.http, l.https, l.admin} {
		if listener != nil {
			_ = listener.Close()
		}
	}
}

// apart refuses an address that one of the listeners has already. To listen
// there would blame another program for it or, where the system lets a part of
// an address be taken twice, take its requests away.
func (l listeners) apart(name, addr string) error {
	wanted, err := net.ResolveTCPAddr("tcp", addr) // to what Listen would choose
	if err != nil {
		return nil // Listen says it better
	}
	for _, open := range []struct {
		name     string
		listener net.Listener
	}{{"ADDR", l.http}, {"HTTPS_ADDR", l.https}} {
		if open.listener != nil && overlap(open.listener.Addr(), wanted) {
			return fmt.Errorf("%s (%s) and %s (%s) overlap: choose another port for one of them",
				open.name, open.listener.Addr(), name, addr)
		}
	}
	return nil
}

// overlap reports whether an open address leaves no room for the wanted one.
func overlap(open net.Addr, wanted *net.TCPAddr) bool {
	tcp, ok := open.(*net.TCPAddr)
	if !ok || tcp.Port != wanted.Port {
		return false
	}
	return tcp.IP.Equal(wanted.IP) || covers(tcp.IP, wanted.IP) || covers(wanted.IP, tcp.IP)
}

// covers reports whether a listens on every address of b's family. One that is
// unspecified in IPv6, or not given at all, listens on IPv4 as well.
func covers(a, b net.IP) bool {
	if a.Equal(net.IPv4zero) {
		return b.To4() != nil
	}
	return a == nil || a.IsUnspecified()
}

// localURL is how this machine reaches the listener.
func localURL(addr net.Addr) config.Origin {
	tcp, ok := addr.(*net.TCPAddr)
	if !ok || tcp.IP.IsUnspecified() || tcp.IP.IsLoopback() {
		_, port, _ := net.SplitHostPort(addr.String())
		return config.Origin(strings.TrimSuffix("http://localhost:"+port, ":80"))
	}
	return config.Origin("http://" + addr.String())
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
