package places

import (
	"crypto/tls"
	"errors"
	"net"
	"sync"
)

// listener hands out the connections that have a place.
type listener struct {
	net.Listener
	places     *Places
	handshakes bool // those of TLS, which cost CPU time

	// Guarded by Places.mu.
	admitted []*Conn
	err      error     // why nobody comes any more, until it is told
	changed  sync.Cond // there is one of both
}

// Listen returns a listener that hands out connections of l when they have a
// place. When it closes, those that wait for one are closed, and those that
// have one are still handed out.
func (p *Places) Listen(l net.Listener) net.Listener { return p.listen(l, false) }

// ListenTLS is Listen for connections that speak TLS.
func (p *Places) ListenTLS(l net.Listener, settings *tls.Config) net.Listener {
	return tls.NewListener(p.listen(l, true), settings)
}

func (p *Places) listen(l net.Listener, handshakes bool) net.Listener {
	door := &listener{Listener: l, places: p, handshakes: handshakes}
	door.changed.L = &p.mu
	go door.run()
	return door
}

// run takes connections as they come.
func (l *listener) run() {
	for {
		conn, err := l.Listener.Accept()
		switch {
		case errors.Is(err, net.ErrClosed):
			l.places.leave(l)
			l.report(err)
			return
		case err != nil:
			l.report(err)
		default:
			boundUnsent(conn)
			l.places.arrive(&Conn{Conn: conn, door: l})
		}
	}
}

// report lets Accept return an error, and waits until it has.
func (l *listener) report(err error) {
	l.places.mu.Lock()
	defer l.places.mu.Unlock()
	l.err = err
	l.changed.Broadcast()
	for l.err != nil && !errors.Is(err, net.ErrClosed) {
		l.changed.Wait()
	}
}

// admit hands out a connection.
func (l *listener) admit(c *Conn) {
	l.admitted = append(l.admitted, c)
	l.changed.Broadcast()
}

func (l *listener) Accept() (net.Conn, error) {
	l.places.mu.Lock()
	defer l.places.mu.Unlock()
	for len(l.admitted) == 0 && l.err == nil {
		l.changed.Wait()
	}
	if len(l.admitted) > 0 {
		c := l.admitted[0]
		l.admitted = l.admitted[1:]
		return c, nil
	}
	err := l.err
	if !errors.Is(err, net.ErrClosed) {
		l.err = nil
		l.changed.Broadcast()
	}
	return nil, err
}
