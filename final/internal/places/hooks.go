package places

import (
	"context"
	"io"
	"net"
	"net/http"
)

// Watch lets a server tell what its connections are at. Its Handler must be set
// already; give it listeners that [Places.Listen] returned.
func (p *Places) Watch(server *http.Server) {
	server.Handler = p.handler(server.Handler)
	server.ConnState = p.track
	server.ConnContext = func(ctx context.Context, conn net.Conn) context.Context {
		return context.WithValue(ctx, connKey{}, of(conn))
	}
}

type connKey struct{}

// track is a hook for [http.Server.ConnState].
func (p *Places) track(conn net.Conn, state http.ConnState) {
	c := of(conn)
	if c == nil {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, open := p.open[c]; !open {
		return // it had to make room
	}
	switch state {
	case http.StateActive: // the first byte of a request
		c.turn(arriving)
	case http.StateIdle:
		c.turn(idle)
		c.begun = 0
		p.giveBack(c, 1)
		p.settle()
	}
}

// handler tells when a request has arrived whole, with its body.
func (p *Places) handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, _ := r.Context().Value(connKey{}).(*Conn)
		if c == nil {
			next.ServeHTTP(w, r)
			return
		}
		if !p.begin(c) {
			panic(http.ErrAbortHandler)
		}
		if r.Body == http.NoBody {
			p.arrived(c)
		} else {
			inner := *r
			inner.Body = &watchedBody{r.Body, func() { p.arrived(c) }}
			r = &inner
		}
		next.ServeHTTP(w, r)
	})
}

// begin counts a request. It reports false if there is no place for one more
// on its connection.
func (p *Places) begin(c *Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	c.begun++
	if c.begun == 1 || c.begun > Streams {
		return true
	}
	if !p.makeRoom(c.share) {
		c.begun--
		return false
	}
	if _, open := p.open[c]; !open {
		return false // it had to make room itself
	}
	p.take(c)
	return true
}

// arrived notes that the connection's request is there. On HTTP/2, others may
// have been there before.
func (p *Places) arrived(c *Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if c.phase == arriving {
		c.turn(answering)
	}
}

// watchedBody calls ended when a read ends it, well or not.
type watchedBody struct {
	io.ReadCloser
	ended func()
}

func (b *watchedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil {
		b.ended()
	}
	return n, err
}
