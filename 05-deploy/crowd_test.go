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

// guest is a connection that only knows whether it was closed.
type guest struct {
	net.Conn
	closed bool
}

func (g *guest) Close() error {
	g.closed = true
	return nil
}

func TestCrowd(t *testing.T) {
	type step struct {
		who   int
		state http.ConnState
	}
	const (
		comes  = http.StateNew
		begins = http.StateActive   // to ask
		heard  = http.ConnState(99) // not a state: the request is there
		rests  = http.StateIdle
		leaves = http.StateClosed
		taken  = http.StateHijacked
	)
	later := step{} // a second later
	rows := []struct {
		name  string
		steps []step
		in    []int // who is inside in the end
		out   []int // who was shown out
	}{
		{"as many as there are places stay", []step{{1, comes}, {2, comes}, later}, []int{1, 2}, nil},
		{"one more waits", []step{{1, comes}, {2, comes}, {3, comes}}, []int{1, 2}, nil},
		{"until somebody has been silent for a second", []step{{1, comes}, {2, comes}, {3, comes}, later}, []int{2, 3}, []int{1}},
		{"each waits for the next such", []step{{1, comes}, {2, comes}, {3, comes}, {4, comes}, later}, []int{3, 4}, []int{1, 2}},
		{"or until somebody rests after an answer",
			[]step{{1, comes}, {2, comes}, {3, comes}, {2, begins}, {2, rests}}, []int{1, 3}, []int{2}},
		{"or leaves", []step{{1, comes}, {2, comes}, {3, comes}, {2, leaves}}, []int{1, 3}, nil},
		{"who waits behind one that has just come in measures that one's silence",
			[]step{{1, comes}, {1, begins}, {1, heard}, {2, comes}, {2, begins}, {2, heard}, {3, comes}, {4, comes}, {1, leaves}, later}, []int{2, 4}, []int{3}},
		{"who rests goes before who has had no answer",
			[]step{{1, comes}, {2, comes}, {2, begins}, {2, rests}, later, {3, comes}}, []int{1, 3}, []int{2}},
		{"who has rested for longest goes first",
			[]step{{1, comes}, {2, comes}, {1, begins}, {2, begins}, {2, rests}, {1, rests}, {3, comes}}, []int{1, 3}, []int{2}},
		{"who asks again does not rest",
			[]step{{1, comes}, {2, comes}, {1, begins}, {2, begins}, {2, rests}, {1, rests}, {2, begins}, {3, comes}}, []int{2, 3}, []int{1}},
		{"a request in progress is not disturbed",
			[]step{{1, comes}, {1, begins}, {1, heard}, {2, comes}, {2, begins}, {2, heard}, later, {3, comes}, later}, []int{1, 2}, nil},
		{"a request that does not come to its end makes room after a second",
			[]step{{1, comes}, {1, begins}, {1, heard}, {2, comes}, {2, begins}, {3, comes}, later}, []int{1, 3}, []int{2}},
		{"the next request on a connection has a second of its own",
			[]step{{1, comes}, later, {1, begins}, {1, heard}, {1, rests}, {2, comes}, {2, begins}, {2, heard}, {1, begins}, {3, comes}}, []int{1, 2}, nil},
		{"a request that breaks off makes room", []step{{1, comes}, {1, begins}, {1, leaves}, {2, comes}, {3, comes}}, []int{2, 3}, nil},
		{"a connection that is taken over makes room",
			[]step{{1, comes}, {1, begins}, {1, taken}, {2, comes}, {3, comes}}, []int{2, 3}, nil},
		{"who was shown out counts no more, whatever is still heard of them",
			[]step{{1, comes}, {2, comes}, later, {3, comes}, {1, begins}, {1, rests}, {1, leaves}, {4, comes}}, []int{3, 4}, []int{1, 2}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				crowd, guests := NewCrowd(2), map[int]*guest{}
				for _, s := range row.steps {
					if s == later {
						time.Sleep(time.Second)
						synctest.Wait()
						continue
					}
					if s.state == comes {
						guests[s.who] = &guest{}
					}
					if s.state == heard {
						crowd.heard(guests[s.who])
						continue
					}
					go crowd.Track(guests[s.who], s.state)
					synctest.Wait()
				}
				var in, out []int
				for _, n := range slices.Sorted(maps.Keys(guests)) {
					if _, ok := crowd.inside[guests[n]]; ok {
						in = append(in, n)
					}
					if guests[n].closed {
						out = append(out, n)
					}
				}
				assert.Equal(t, row.in, in, "inside")
				assert.Equal(t, row.out, out, "shown out")
				assert.LessOrEqual(t, crowd.asking.Len()+crowd.quiet.Len(), 2, "nothing is kept of who is gone")
				for _, g := range guests { // so that nobody waits for ever
					crowd.Track(g, leaves)
					synctest.Wait()
				}
			})
		})
	}
}

// A client that opens connections and asks nothing, or never comes to the end of
// it, keeps nobody out. A request that has arrived is left alone meanwhile.
func TestCrowd_onARealServer(t *testing.T) {
	t.Parallel()
	exercise.Needs(t, "5.2")
	words := map[string]string{
		"nothing":          "",
		"half a header":    "POST / HTTP/1.1\r\nHost: te",
		"half a body":      "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\nhel",
		"a body in chunks": "POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n",
	}
	begun, finish := make(chan bool), make(chan bool)
	address := serveCrowd(t, 1+len(words), func(_ http.ResponseWriter, r *http.Request) {
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
		assert.Equal(t, http.StatusOK, c.answer(t).StatusCode, "whoever has asked gets an answer")
	}
}

// ask opens a connection and sends a whole request on it.
func ask(t *testing.T, address string) *client {
	c := dial(t, address)
	c.say(t, "POST / HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nhello")
	return c
}

// serveCrowd serves h with so many places for connections.
func serveCrowd(t *testing.T, places int, h http.HandlerFunc) (address string) {
	t.Helper()
	listener, err := Listen("127.0.0.1:0")
	require.NoError(t, err)
	crowd := NewCrowd(places)
	server := NewServer(crowd.Hear(h), slog.New(slog.DiscardHandler))
	require.NotNil(t, server, "a server is needed")
	server.ConnState, server.ConnContext = crowd.Track, crowd.ConnContext
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { server.Close() })
	return listener.Addr().String()
}
