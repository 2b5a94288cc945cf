package deploy

import (
	"io"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fakeConn is a connection that only knows whether it was closed.
type fakeConn struct {
	net.Conn
	closed bool
}

func (c *fakeConn) Close() error {
	c.closed = true
	return nil
}

// step is what happens to a connection; the zero step is a second in which
// nothing does.
type step struct {
	conn  int
	state http.ConnState
}

const (
	opens   = http.StateNew
	begins  = http.StateActive   // a request: its first byte is there
	arrives = http.ConnState(99) // not a state: the whole request is there
	idles   = http.StateIdle
	closes  = http.StateClosed
	taken   = http.StateHijacked
)

func TestConnLimit(t *testing.T) {
	later := step{}
	rows := []struct {
		name    string
		steps   []step
		open    []int // in the end
		evicted []int
	}{
		{"as many as the limit stay", []step{{1, opens}, {2, opens}, later}, []int{1, 2}, nil},
		{"one more waits", []step{{1, opens}, {2, opens}, {3, opens}}, []int{1, 2}, nil},
		{"until one has been silent for a second",
			[]step{{1, opens}, {2, opens}, {3, opens}, later}, []int{2, 3}, []int{1}},
		{"each waits for the next such",
			[]step{{1, opens}, {2, opens}, {3, opens}, {4, opens}, later}, []int{3, 4}, []int{1, 2}},
		{"or until one is idle after an answer",
			[]step{{1, opens}, {2, opens}, {3, opens}, {2, begins}, {2, idles}}, []int{1, 3}, []int{2}},
		{"or closes", []step{{1, opens}, {2, opens}, {3, opens}, {2, closes}}, []int{1, 3}, nil},
		{"one that waits behind another waits for that one's second",
			[]step{{1, opens}, {1, begins}, {1, arrives}, {2, opens}, {2, begins}, {2, arrives},
				{3, opens}, {4, opens}, {1, closes}, later}, []int{2, 4}, []int{3}},
		{"an idle one goes before one that has had no answer",
			[]step{{1, opens}, {2, opens}, {2, begins}, {2, idles}, later, {3, opens}}, []int{1, 3}, []int{2}},
		{"the longest idle goes first",
			[]step{{1, opens}, {2, opens}, {1, begins}, {2, begins}, {2, idles}, {1, idles}, {3, opens}},
			[]int{1, 3}, []int{2}},
		{"the next request ends the idle time",
			[]step{{1, opens}, {2, opens}, {1, begins}, {2, begins}, {2, idles}, {1, idles}, {2, begins}, {3, opens}},
			[]int{2, 3}, []int{1}},
		{"a request in progress is not disturbed",
			[]step{{1, opens}, {1, begins}, {1, arrives}, {2, opens}, {2, begins}, {2, arrives},
				later, {3, opens}, later}, []int{1, 2}, nil},
		{"a request that does not come to its end makes room after a second",
			[]step{{1, opens}, {1, begins}, {1, arrives}, {2, opens}, {2, begins}, {3, opens}, later},
			[]int{1, 3}, []int{2}},
		{"the next request on a connection has a second of its own",
			[]step{{1, opens}, later, {1, begins}, {1, arrives}, {1, idles},
				{2, opens}, {2, begins}, {2, arrives}, {1, begins}, {3, opens}}, []int{1, 2}, nil},
		{"a request that breaks off makes room",
			[]step{{1, opens}, {1, begins}, {1, closes}, {2, opens}, {3, opens}}, []int{2, 3}, nil},
		{"a connection that is taken over makes room",
			[]step{{1, opens}, {1, begins}, {1, taken}, {2, opens}, {3, opens}}, []int{2, 3}, nil},
		{"an evicted one counts no more, whatever still happens to it",
			[]step{{1, opens}, {2, opens}, later, {3, opens}, {1, begins}, {1, idles}, {1, closes}, {4, opens}},
			[]int{3, 4}, []int{1, 2}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				limit, conns := NewConnLimit(2), map[int]*fakeConn{}
				for _, s := range row.steps {
					play(limit, conns, s)
				}
				var open, evicted []int
				for _, n := range slices.Sorted(maps.Keys(conns)) {
					if _, ok := limit.open[conns[n]]; ok {
						open = append(open, n)
					}
					if conns[n].closed {
						evicted = append(evicted, n)
					}
				}
				assert.Equal(t, row.open, open, "open")
				assert.Equal(t, row.evicted, evicted, "evicted")
				assert.LessOrEqual(t, limit.pending.Len()+limit.idle.Len(), 2, "nothing is kept of a closed connection")
				for _, conn := range conns { // so that none waits for ever
					limit.Track(conn, closes)
					synctest.Wait()
				}
			})
		})
	}
}

// play lets a step happen.
func play(limit *ConnLimit, conns map[int]*fakeConn, s step) {
	switch s.state {
	case opens:
		if s.conn == 0 {
			time.Sleep(time.Second) // of the bubble's clock
			synctest.Wait()
			return
		}
		conns[s.conn] = &fakeConn{}
	case arrives:
		limit.arrived(conns[s.conn])
		return
	}
	go limit.Track(conns[s.conn], s.state)
	synctest.Wait()
}

// A client that opens connections and asks nothing, or never comes to the end of
// it, keeps nobody out. A request that has arrived is left alone meanwhile.
func TestConnLimit_onARealServer(t *testing.T) {
	t.Parallel()
	exercise.Needs(t, "5.2")
	words := map[string]string{
		"nothing":          "",
		"half a header":    "POST / HTTP/1.1\r\nHost: te",
		"half a body":      "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\nhel",
		"a body in chunks": "POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n",
	}
	begun, finish := make(chan bool), make(chan bool)
	address := serveLimited(t, 1+len(words), func(_ http.ResponseWriter, r *http.Request) {
		if _, err := io.Copy(io.Discard, r.Body); err == nil {
			begun <- true
			<-finish
		}
	})
	served := []*client{ask(t, address)}
	<-begun
	start, slow := time.Now(), map[string]*client{}
	for name, text := range words {
		slow[name] = dial(t, address)
		slow[name].say(t, text)
	}
	for range words {
		served = append(served, ask(t, address))
		<-begun
	}
	assert.Less(t, time.Since(start), 4*time.Second, "sooner than the server's timeouts would make room")
	for name, c := range slow {
		_, err := c.conn.Read(make([]byte, 1))
		assert.Error(t, err, "%s: the server has closed it", name)
	}
	close(finish)
	for _, c := range served {
		assert.Equal(t, http.StatusOK, c.answer(t).StatusCode, "each whole request gets an answer")
	}
}

// ask opens a connection and sends a whole request on it.
func ask(t *testing.T, address string) *client {
	c := dial(t, address)
	c.say(t, "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nhello")
	return c
}

// serveLimited serves h with at most limit connections.
func serveLimited(t *testing.T, limit int, h http.HandlerFunc) (address string) {
	t.Helper()
	listener, err := Listen("127.0.0.1:0")
	require.NoError(t, err)
	conns := NewConnLimit(limit)
	server := NewServer(conns.Handler(h), slog.New(slog.DiscardHandler))
	require.NotNil(t, server, "a server is needed")
	server.ConnState, server.ConnContext = conns.Track, conns.ConnContext
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { server.Close() })
	return listener.Addr().String()
}
