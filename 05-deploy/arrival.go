package deploy

import (
	"context"
	"io"
	"net"
	"net/http"
)

// Handler tells the ConnLimit when a request has arrived whole, with its body:
// from then on its connection is not closed to make room. Put it around
// everything else, and give the server [ConnLimit.ConnContext].
func (l *ConnLimit) Handler(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, _ := r.Context().Value(connKey{}).(net.Conn)
		if r.Body == http.NoBody {
			l.arrived(conn)
		} else {
			inner := *r
			inner.Body = &watchedBody{r.Body, func() { l.arrived(conn) }}
			r = &inner
		}
		next.ServeHTTP(w, r)
	})
}

type connKey struct{}

// ConnContext is a hook for [http.Server.ConnContext]. It lets Handler know the
// connection of a request.
func (l *ConnLimit) ConnContext(ctx context.Context, conn net.Conn) context.Context {
	return context.WithValue(ctx, connKey{}, conn)
}

// arrived notes that the connection's request is there.
func (l *ConnLimit) arrived(conn net.Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if place, known := l.open[conn]; known {
		l.unlist(place)
		l.open[conn] = nil
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
