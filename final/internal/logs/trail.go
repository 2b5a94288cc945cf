package logs

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"sync/atomic"
	"time"
)

const (
	// trailLimit is how many bytes of records may wait. Half of it is for the
	// requests that are admitted while there is [Trail.Room]: one record each, some
	// 300 bytes, of thousands of requests at a time.
	trailLimit = 8 << 20
	// recordWait is how long a request waits until its record is written.
	recordWait = 250 * time.Millisecond
	// trailRetry is how long it is until what failed is tried again.
	trailRetry = 100 * time.Millisecond
	// trailTell is how often the log says that the trail can't be written.
	trailTell = time.Minute
	// trailClose is how long a stop waits for the last record.
	trailClose = 5 * time.Second
)

// Trail is the audit log. A record is handed to the operating system before the
// answer of its request, so that a crash takes no record of what a client was
// told. A disk that is slow, full or gone stops nobody at first: what can't be
// written in a quarter of a second waits in memory, and is tried again until it
// is written. Where too much waits there is no [Trail.Room], and who would need
// a record is to be refused.
type Trail struct {
	w       io.Writer
	log     *slog.Logger
	queue   *queue
	leftOut atomic.Int64
	told    atomic.Int64  // when the log last said that w fails, as time.Time.UnixNano
	over    chan struct{} // closed when the stop waits no longer
}

// NewTrail returns a trail that writes to w, such as a [Folder]. What goes wrong
// with w is told in log.
func NewTrail(w io.Writer, log *slog.Logger) *Trail {
	t := &Trail{w: w, log: log, over: make(chan struct{})}
	t.queue = newQueue(trailLimit, t.write)
	return t
}

// Record writes a record, and waits until it is written, but not longer than a
// quarter of a second.
func (t *Trail) Record(ctx context.Context, event string, attrs ...slog.Attr) {
	written, ok := t.put(ctx, event, attrs)
	if !ok {
		return
	}
	select {
	case <-written:
	case <-time.After(recordWait):
		t.tell(errSlow)
	}
}

// errSlow is what is told of a disk that says nothing.
var errSlow = fmt.Errorf("it takes longer than %v", recordWait)

// Note is Record for what no client waits for: it does not wait either.
func (t *Trail) Note(ctx context.Context, event string, attrs ...slog.Attr) { t.put(ctx, event, attrs) }

func (t *Trail) put(ctx context.Context, event string, attrs []slog.Attr) (written <-chan struct{}, ok bool) {
	var line bytes.Buffer
	_ = Record(ctx, &line, event, attrs...) // a buffer takes everything
	written, ok = t.queue.put(line.Bytes())
	if !ok {
		t.leftOut.Add(1)
	}
	return written, ok
}

// Room reports whether the trail takes the record of one more request.
func (t *Trail) Room() bool { return t.queue.len() <= trailLimit/2 }

// Waiting is how many bytes of records are not written yet.
func (t *Trail) Waiting() int { return t.queue.len() }

// LeftOut is how many records were left out until now, because there was no
// room at all.
func (t *Trail) LeftOut() int64 { return t.leftOut.Load() }

// Close writes what waits. What can't be written within five seconds is lost,
// and the log says so.
func (t *Trail) Close() {
	if t.queue.close(trailClose) {
		return
	}
	close(t.over)
	t.log.Error("the stop takes audit records that could not be written", "bytes", t.queue.len())
}

// write writes lines until they are written. A line that was written in part
// comes again, whole.
func (t *Trail) write(lines []byte) {
	for {
		n, err := t.w.Write(lines)
		if err == nil {
			return
		}
		lines = lines[bytes.LastIndexByte(lines[:n], '\n')+1:]
		t.tell(err)
		select {
		case <-time.After(trailRetry):
		case <-t.over:
			return
		}
	}
}

// tell says that the trail can't be written, but not each time.
func (t *Trail) tell(err error) {
	told, now := t.told.Load(), time.Now().UnixNano()
	if now-told < int64(trailTell) || !t.told.CompareAndSwap(told, now) {
		return
	}
	t.log.Error("the audit log can't be written: its records wait, and when too many do, "+
		"what needs one is refused", "error", err, "bytes", t.queue.len())
}
