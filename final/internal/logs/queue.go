package logs

import (
	"sync"
	"time"
)

// queue hands texts to a writer that may be slow or stop, in their order and on
// a goroutine of its own. It writes all that has come meanwhile at once.
type queue struct {
	write func(text []byte)
	limit int // bytes that may be held

	mu      sync.Mutex
	filled  *sync.Cond // there is something to write, or the queue is closed
	waiting batch
	spare   []byte // an old text, to fill again
	held    int    // bytes that wait, and those that are being written
	closed  bool
	ended   chan struct{} // closed once the last text is written
}

// batch is what is written at once.
type batch struct {
	text    []byte
	written chan struct{} // closed then
}

func newQueue(limit int, write func(text []byte)) *queue {
	q := &queue{write: write, limit: limit, ended: make(chan struct{})}
	q.filled = sync.NewCond(&q.mu)
	q.waiting.written = make(chan struct{})
	go q.run()
	return q
}

// put takes a text, and returns what is closed once it is written. It waits for
// nothing. Where there is no room it takes nothing, and returns false.
func (q *queue) put(text []byte) (written <-chan struct{}, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.closed || q.held+len(text) > q.limit {
		return nil, false
	}
	q.waiting.text = append(q.waiting.text, text...)
	q.held += len(text)
	q.filled.Signal()
	return q.waiting.written, true
}

func (q *queue) run() {
	defer close(q.ended)
	for {
		b := q.take()
		if len(b.text) == 0 {
			return
		}
		q.write(b.text)
		q.finish(b)
	}
}

// take waits for a batch. It returns an empty one once the queue is closed and
// nothing is left.
func (q *queue) take() batch {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.waiting.text) == 0 && !q.closed {
		q.filled.Wait()
	}
	b := q.waiting
	q.waiting = batch{q.spare[:0], make(chan struct{})}
	return b
}

func (q *queue) finish(b batch) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.held -= len(b.text)
	q.spare = b.text
	close(b.written)
}

// len is how many bytes are not written yet.
func (q *queue) len() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.held
}

// close takes nothing more, waits until all is written, but not longer than
// that, and reports whether it is.
func (q *queue) close(limit time.Duration) bool {
	q.mu.Lock()
	q.closed = true
	q.filled.Signal()
	q.mu.Unlock()
	select {
	case <-q.ended:
		return true
	case <-time.After(limit):
		return false
	}
}
