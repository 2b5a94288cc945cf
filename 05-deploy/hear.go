package deploy

import (
	"context"
	"io"
	"net"
	"net/http"
)

// Hear tells the Crowd when a request has arrived whole, with its body. From
// then on nobody takes its connection's place. Put it around everything else,
// and give the server [Crowd.ConnContext].
func (c *Crowd) Hear(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, _ := r.Context().Value(connKey{}).(net.Conn)
		if r.Body == http.NoBody {
			c.heard(conn)
		} else {
			inner := *r
			inner.Body = &heardBody{r.Body, func() { c.heard(conn) }}
			r = &inner
		}
		next.ServeHTTP(w, r)
	})
}

type connKey struct{}

// ConnContext is a hook for [http.Server.ConnContext]. It lets Hear know the
// connection of a request.
func (c *Crowd) ConnContext(ctx context.Context, conn net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, conn)
}

func (c *Crowd) heard(conn net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if place, known := c.inside[conn]; known {
		c.stir(place)
		c.inside[conn] = nil
	}
}

// heardBody calls heard when a read ends it, well or not.
type heardBody struct {
	io.ReadCloser
	heard func()
}

func (b *heardBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil {
		b.heard()
	}
	return n, err
}
