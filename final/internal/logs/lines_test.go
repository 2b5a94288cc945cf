package logs

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// reader is the end of a pipe that somebody may read. What nobody reads stops
// the writer, as a pipe does once it is full.
type reader struct {
	io.Writer
	stopped sync.Mutex // held while nobody reads
	text    strings.Builder
	err     error
}

func (r *reader) Write(p []byte) (int, error) {
	r.stopped.Lock()
	defer r.stopped.Unlock()
	if r.err != nil {
		return 0, r.err
	}
	return r.text.Write(p)
}

func newLines(r *reader) *Lines { return NewLines(r, slog.New(slog.NewTextHandler(r, nil))) }

func TestLines_arriveInOrder(t *testing.T) {
	r := &reader{}
	l := newLines(r)
	var want strings.Builder
	for i := range 1000 {
		line := fmt.Sprintln("line", i)
		want.WriteString(line)
		_, err := io.WriteString(l, line)
		require.NoError(t, err)
	}
	l.Close()
	assert.Equal(t, want.String(), r.text.String())
	assert.Zero(t, l.LeftOut())
}

// The test itself would hang if a line waited for the reader.
func TestLines_countWhatNobodyReads(t *testing.T) {
	const lines, size = 20_000, 100
	r := &reader{}
	l := newLines(r)
	r.stopped.Lock()
	for range lines {
		_, err := io.WriteString(l, strings.Repeat("x", size-1)+"\n")
		require.NoError(t, err)
	}
	assert.Equal(t, int64(lines-linesLimit/size), l.LeftOut())
	r.stopped.Unlock()
	l.Close()
	assert.Equal(t, linesLimit/size, strings.Count(r.text.String(), "xx\n"))
	told := fmt.Sprintf("lines left out of this log, which nobody read in time\" lines=%d\n", l.LeftOut())
	assert.Equal(t, 1, strings.Count(r.text.String(), told), "it is told once")
	assert.Equal(t, 1, strings.Count(r.text.String(), "time="))
}

func TestLines_goOnOnceTheyAreRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &reader{}
		l := newLines(r)
		r.stopped.Lock()
		_, _ = io.WriteString(l, strings.Repeat("x", linesLimit)+"\n")
		assert.Equal(t, int64(1), l.LeftOut(), "longer than the whole")
		r.stopped.Unlock()
		_, _ = io.WriteString(l, "next\n")
		synctest.Wait()
		assert.Contains(t, r.text.String(), "next\ntime=")
		assert.Contains(t, r.text.String(), "lines=1\n")
		l.Close()
	})
}

func TestLines_countWhatCannotBeWritten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := &reader{err: errors.New("the pipe is broken")}
		l := newLines(r)
		_, _ = io.WriteString(l, "lost\n")
		synctest.Wait()
		assert.Equal(t, int64(1), l.LeftOut())
		r.err = nil
		_, _ = io.WriteString(l, "next\n")
		synctest.Wait()
		assert.Contains(t, r.text.String(), "lines=1\n", "told as soon as it can be")
		l.Close()
	})
}

// A pipe that nobody reads must not hold a stop up.
func TestLines_closeWithinASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r, w := io.Pipe()
		l := NewLines(w, slog.New(slog.DiscardHandler))
		_, _ = io.WriteString(l, "unread\n")
		start := time.Now()
		l.Close()
		assert.Equal(t, linesClose, time.Since(start))
		_, _ = io.WriteString(l, "late\n")
		assert.Equal(t, int64(1), l.LeftOut())
		require.NoError(t, r.Close())
	})
}
