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

// firstStream is how many places more a connection of HTTP/2 takes with its first
// request. Its buffers, and those of TLS, are some 100 KB.
const firstStream = 4

// fewPlaces is the part of all places, one in so many, that an address may have
// and still is refused no request of HTTP/2.
const fewPlaces = 32

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
		p.turn(c, arriving)
	case http.StateIdle:
		if c.begun == 0 {
			return // HTTP/2 begins so: its first request is still to come
		}
		p.turn(c, idle)
		p.vain = search{}
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
		whole := r.Body == http.NoBody
		if !p.begin(c, r.ProtoMajor, whole) {
			panic(http.ErrAbortHandler)
		}
		if !whole {
			inner := *r
			inner.Body = &watchedBody{r.Body, func() { p.arrived(c) }}
			r = &inner
		}
		next.ServeHTTP(w, r)
	})
}

// begin counts a request, whose body may be there already. It reports false if
// there is no place for one more on its connection.
func (p *Places) begin(c *Conn, protocol int, whole bool) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if _, open := p.open[c]; !open {
		return false // it had to make room
	}
	c.begun++
	if protocol >= 2 && c.begun <= Streams && !p.takeForStream(c) {
		return false
	}
	if whole {
		p.answer(c)
	}
	return true
}

// takeForStream takes what a request of HTTP/2 costs. An address that has few
// places is never refused.
func (p *Places) takeForStream(c *Conn) bool {
	n := 1
	if c.begun == 1 {
		n = firstStream
	}
	if !p.makeRoom(c.share, n) && c.share.weight() > p.limit/fewPlaces {
		c.begun--
		return false
	}
	if _, open := p.open[c]; !open {
		return false // it had to make room itself
	}
	p.take(c, n)
	return true
}

// arrived notes that the connection's request is there. On HTTP/2, others may
// have been there before.
func (p *Places) arrived(c *Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.answer(c)
}

func (p *Places) answer(c *Conn) {
	if c.phase == arriving {
		p.turn(c, answering)
		p.settle()
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
