package logs

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"sync/atomic"
	"time"
)

const (
	// linesLimit is how many bytes of lines may wait: some 4,000 lines of the
	// access log.
	linesLimit = 1 << 20
	// linesClose is how long a stop waits for whoever reads the log.
	linesClose = time.Second
)

// Lines is a log that stops nobody. What is written to it waits in memory for
// the writer behind it, such as a pipe whose reader is slow. Where that is too
// much, lines are left out, and a line says how many. A crash takes the lines
// that wait.
type Lines struct {
	w       io.Writer
	plain   slog.Handler // writes to w
	queue   *queue
	leftOut atomic.Int64
	told    int64 // of leftOut
}

// NewLines returns a log in front of w. plain writes to w as well, without it:
// it tells how many lines were left out.
func NewLines(w io.Writer, plain *slog.Logger) *Lines {
	l := &Lines{w: w, plain: plain.Handler()}
	l.queue = newQueue(linesLimit, l.write)
	return l
}

// Write takes one line. It never waits, and never fails.
func (l *Lines) Write(line []byte) (int, error) {
	if _, ok := l.queue.put(line); !ok {
		l.leftOut.Add(1)
	}
	return len(line), nil
}

// LeftOut is how many lines were left out until now.
func (l *Lines) LeftOut() int64 { return l.leftOut.Load() }

// Close writes what waits, as far as somebody takes it within a second.
func (l *Lines) Close() { l.queue.close(linesClose) }

// write is called for one batch at a time.
func (l *Lines) write(text []byte) {
	if _, err := l.w.Write(text); err != nil {
		l.leftOut.Add(int64(bytes.Count(text, []byte("\n"))))
	}
	l.tell()
}

// tell says how many lines were left out since it last did. One that can't be
// said is said next time.
func (l *Lines) tell() {
	left := l.leftOut.Load() - l.told
	if left == 0 {
		return
	}
	record := slog.NewRecord(time.Now(), slog.LevelWarn, "lines left out of this log, which nobody read in time", 0)
	record.Add("lines", left)
	if l.plain.Handle(context.Background(), record) == nil {
		l.told += left
	}
}
