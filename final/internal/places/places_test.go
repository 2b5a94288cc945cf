package places

import (
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fakeConn is a connection that only knows whose it is and whether it was closed.
type fakeConn struct {
	net.Conn
	name   string
	closed chan struct{}
}

func (c *fakeConn) Close() error                { close(c.closed); return nil }
func (c *fakeConn) Write(b []byte) (int, error) { return len(b), nil }
func (c *fakeConn) RemoteAddr() net.Addr        { return &net.UnixAddr{Name: c.name} }

// byLetter says that a1 and a2 are of the address "a", and t1 is of a proxy that
// is trusted.
func byLetter(addr net.Addr) string { return strings.TrimLeft(addr.String()[:1], "t") }

// bench is a server whose connections a test moves by hand.
type bench struct {
	t      *testing.T
	places *Places
	door   net.Listener
	come   fakeListener
	conns  map[string]*fakeConn
	served map[string]*Conn // those that have had a place
}

type fakeListener chan net.Conn

func (l fakeListener) Accept() (net.Conn, error) {
	if c, ok := <-l; ok {
		return c, nil
	}
	return nil, net.ErrClosed
}
func (l fakeListener) Addr() net.Addr { return nil }
func (l fakeListener) Close() error   { close(l); return nil }

func newBench(t *testing.T, limit int) *bench {
	b := &bench{
		t: t, places: New(limit, byLetter), come: fakeListener(make(chan net.Conn)),
		conns: map[string]*fakeConn{}, served: map[string]*Conn{},
	}
	b.door = b.places.listen(b.come, true)
	go func() {
		for {
			conn, err := b.door.Accept()
			if err != nil {
				return
			}
			c := conn.(*Conn)
			b.served[c.Conn.(*fakeConn).name] = c
		}
	}()
	return b
}

// play lets a step happen: "a1 opens", or "later" for a second in which nothing
// does.
func (b *bench) play(step string) {
	name, what, _ := strings.Cut(step, " ")
	time.Sleep(time.Millisecond) // of the bubble's clock, so that one is the older
	switch {
	case step == "later":
		time.Sleep(time.Second)
	case step == "soon":
		time.Sleep(2 * lookAgain)
	case what == "opens":
		b.conns[name] = &fakeConn{name: name, closed: make(chan struct{})}
		b.come <- b.conns[name]
	case what == "closes":
		require.NoError(b.t, b.served[name].Close())
	default:
		b.move(b.served[name], what)
	}
	synctest.Wait()
}

func (b *bench) move(c *Conn, what string) {
	require.NotNil(b.t, c)
	switch what {
	case "begins": // the first byte of a request is there
		b.places.track(c, http.StateActive)
	case "arrives": // the whole request is
		b.places.begin(c, 1, true)
	case "asks": // all at once
		b.places.track(c, http.StateActive)
		b.places.begin(c, 1, true)
	case "asks-twice": // two requests of HTTP/2
		b.places.track(c, http.StateActive)
		b.places.begin(c, 2, true)
		b.places.begin(c, 2, true)
	case "asks-more": // another one
		b.places.begin(c, 2, true)
	case "answers": // a byte of it
		_, _ = c.Write(make([]byte, 1))
	case "moves": // 5 KiB of it
		_, _ = c.Write(make([]byte, slowBytes))
	case "idles":
		b.places.track(c, http.StateIdle)
	default:
		b.t.Fatal("what is", what)
	}
}

// state returns the names of those that have a place, and of those that were
// closed.
func (b *bench) state() (open, closed string) {
	var with, without []string
	for _, name := range slices.Sorted(maps.Keys(b.conns)) {
		select {
		case <-b.conns[name].closed:
			without = append(without, name)
		default:
			if _, ok := b.places.open[b.served[name]]; ok {
				with = append(with, name)
			}
		}
	}
	return strings.Join(with, " "), strings.Join(without, " ")
}

// end closes all, so that nothing waits when the bubble ends.
func (b *bench) end() {
	_ = b.door.Close()
	for _, c := range b.served {
		b.places.mu.Lock()
		b.places.release(c)
		b.places.mu.Unlock()
	}
	synctest.Wait()
	open, waiting := b.places.Load()
	assert.Zero(b.t, open+waiting+b.places.taken+len(b.places.shares), "nothing is kept of closed connections")
}

// nine connections of one address: one more than many that arrive.
const nine = "a1 opens, a2 opens, a3 opens, a4 opens, a5 opens, a6 opens, a7 opens, a8 opens, a9 opens"

func TestPlaces(t *testing.T) {
	rows := []struct {
		name   string
		limit  int
		steps  string
		open   string // in the end
		closed string
	}{
		{"as many as the limit stay", 2, "a1 opens, a2 opens, later", "a1 a2", ""},
		{"one more waits", 2, "a1 opens, a2 opens, a3 opens", "a1 a2", ""},
		{"until one has been silent for a second", 2, "a1 opens, a2 opens, a3 opens, later", "a2 a3", "a1"},
		{"each waits for the next such", 2, "a1 opens, a2 opens, a3 opens, a4 opens, later", "a3 a4", "a1 a2"},
		{"or until one is idle after an answer", 2, "a1 opens, a2 opens, a3 opens, a2 asks, a2 idles", "a1 a3", "a2"},
		{"or closes", 2, "a1 opens, a2 opens, a3 opens, a2 closes", "a1 a3", "a2"},
		{"the newest of an address is the first to get a place", 1, "a1 opens, a2 opens, a3 opens, a1 closes", "a3", "a1"},
		{"an idle one goes before one that has had no answer", 2,
			"a1 opens, a2 opens, a2 asks, a2 idles, later, a3 opens", "a1 a3", "a2"},
		{"the longest idle goes first", 2,
			"a1 opens, a2 opens, a1 asks, a2 asks, a2 idles, later, a1 idles, a3 opens", "a1 a3", "a2"},
		{"the next request ends the idle time", 2,
			"a1 opens, a2 opens, a1 asks, a2 asks, a2 idles, a1 idles, a2 begins, a3 opens", "a2 a3", "a1"},
		{"a request in progress is not disturbed", 2,
			"a1 opens, a1 asks, a2 opens, a2 asks, a3 opens, later, later, later, later, later, later", "a1 a2", ""},
		{"a request that does not come to its end makes room after a second", 2,
			"a1 opens, a1 asks, a2 opens, a2 begins, a3 opens, later", "a1 a3", "a2"},
		{"the next request on a connection has a second of its own", 2,
			"a1 opens, later, a1 asks, a1 idles, a2 opens, a2 asks, a1 begins, a3 opens", "a1 a2", ""},
		{"a request that breaks off makes room", 2, "a1 opens, a1 begins, a1 closes, a2 opens, a3 opens", "a2 a3", "a1"},
		{"one that had to make room counts no more, whatever still happens to it", 2,
			"a1 opens, a2 opens, later, a3 opens, a1 asks, a1 idles, a4 opens", "a3 a4", "a1 a2"},

		{"an answer that is not read makes room after 5 seconds", 1,
			"a1 opens, a1 asks, a1 answers, a2 opens, later, later, later, later, later", "a2", "a1"},
		{"and not before", 1, "a1 opens, a1 asks, a1 answers, a2 opens, later, later, later, later", "a1", ""},
		{"an answer that moves stays", 1,
			"a1 opens, a1 asks, a1 answers, a2 opens, later, later, later, a1 moves, later, later, later", "a1", ""},
		{"nobody has to go where nobody waits", 1,
			"a1 opens, a1 asks, a1 answers, later, later, later, later, later, later", "a1", ""},

		{"another address takes a place at once from one that has many", 4,
			"a1 opens, later, a2 opens, a3 opens, a4 opens, b1 opens", "a2 a3 a4 b1", "a1"},
		{"from an answer that has stopped too", 4,
			"a1 opens, a1 asks, a1 answers, later, a2 opens, a2 asks, a2 answers, a3 opens, a3 asks, " +
				"a4 opens, a4 asks, b1 opens", "a2 a3 a4 b1", "a1"},
		{"but only half a second after it last moved", 4,
			"a1 opens, a1 asks, a2 opens, a2 asks, a3 opens, a3 asks, a4 opens, a4 asks, a1 answers, b1 opens",
			"a1 a2 a3 a4", ""},
		{"not from one that has few", 2, "a1 opens, a2 opens, b1 opens", "a1 a2", ""},
		{"nor an answer in progress", 4,
			"a1 opens, a1 asks, a2 opens, a2 asks, a3 opens, a3 asks, a4 opens, a4 asks, b1 opens, later", "a1 a2 a3 a4", ""},
		{"it goes before those of the many that came first", 2,
			"a1 opens, a1 asks, a2 opens, a2 asks, a3 opens, b1 opens, a4 opens, a1 closes", "a2 b1", "a1"},
		{"one that has many takes nothing of who has few", 3,
			"a1 opens, a2 opens, a1 asks, a2 asks, b1 opens, b1 asks, b1 idles, a3 opens, later", "a1 a2 b1", ""},
		{"those of a proxy count for nothing", 4,
			"t1 opens, t2 opens, t3 opens, a1 opens, b1 opens", "a1 t1 t2 t3", ""},
		{"and it takes from who has many", 4,
			"a1 opens, later, a2 opens, a3 opens, t1 opens, t2 opens", "a2 a3 t1 t2", "a1"},

		{"while many arrive, few of one address begin", 64, nine + ", a10 opens, b1 opens, b2 opens",
			"a1 a2 a3 a4 a5 a6 a7 a8 b1 b2", ""},
		{"until one of it has let a second pass", 64, strings.Replace(nine, ",", ", later,", 1) + ", soon",
			"a2 a3 a4 a5 a6 a7 a8 a9", "a1"},
		{"or its request is there", 64, nine + ", a1 asks, a2 asks, a3 asks, a4 asks, a5 asks",
			"a1 a2 a3 a4 a5 a6 a7 a8 a9", ""},
		{"those of a proxy begin at once", 64, strings.ReplaceAll(nine, "a", "t"), "t1 t2 t3 t4 t5 t6 t7 t8 t9", ""},

		{"one of HTTP/2 that has not asked yet is not idle", 1, "a1 opens, a1 begins, a1 idles, a2 opens", "a1", ""},
		{"and has a second to ask", 1, "a1 opens, a1 begins, a1 idles, a2 opens, later, soon", "a2", "a1"},
		{"a request of HTTP/2 takes four places more, each further one another", 8,
			"a1 opens, a1 asks-twice, a1 asks-more, a2 opens, a3 opens", "a1 a2", ""},
		{"and gives them back with the last", 8,
			"a1 opens, a1 asks-twice, a1 asks-more, a2 opens, a3 opens, a1 idles", "a1 a2 a3", ""},
		{"for eight at most", 13, "a1 opens, a1 asks-twice" + strings.Repeat(", a1 asks-more", 20) + ", a2 opens, a3 opens",
			"a1 a2", ""},
		{"one that finds no place is refused and takes none", 8,
			"a1 opens, a1 asks-twice, a2 opens, a2 asks, a3 opens, a3 asks, a1 asks-more, a4 opens, a2 closes",
			"a1 a3 a4", "a2"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newBench(t, row.limit)
				for step := range strings.SplitSeq(row.steps, ", ") {
					b.play(step)
				}
				open, closed := b.state()
				assert.Equal(t, row.open, open, "open")
				assert.Equal(t, row.closed, closed, "closed")
				b.end()
			})
		})
	}
}

// Without TLS a request arrives at once, and nobody waits for that.
func TestPlaces_withoutTLSAllBeginAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 64)
		b.door.(*listener).handshakes = false
		for step := range strings.SplitSeq(nine, ", ") {
			b.play(step)
		}
		open, _ := b.places.Load()
		assert.Equal(t, 9, open)
		b.end()
	})
}

// As many may wait as eight for each place. Then those that have waited for a
// second are closed for the new ones, of the address of which most wait.
func TestPlaces_boundsThoseThatWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBench(t, 1)
		for _, step := range []string{"a1 opens", "a1 asks", "b1 opens", "a2 opens", "a3 opens", "a4 opens",
			"a5 opens", "a6 opens", "a7 opens", "a8 opens", "c1 opens"} {
			b.play(step)
		}
		_, closed := b.state()
		assert.Empty(t, closed, "all have come at once")
		b.play("later")
		b.play("later")
		_, closed = b.state()
		assert.Equal(t, "a2", closed)
		b.play("a1 closes")
		open, _ := b.state()
		assert.Contains(t, []string{"b1", "c1", "a8"}, open)
		b.end()
	})
}
