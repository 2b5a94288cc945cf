package logs

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// disk is where a trail writes. It may take no more than so many bytes, as one
// that is full.
type disk struct {
	mu   sync.Mutex
	hang chan struct{} // nil, or the disk hangs until it is closed
	room int
	text bytes.Buffer
}

func (d *disk) Write(p []byte) (int, error) {
	if d.hang != nil {
		<-d.hang
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if n := d.room - d.text.Len(); n < len(p) {
		d.text.Write(p[:max(n, 0)])
		return max(n, 0), errors.New("no space left on device")
	}
	return d.text.Write(p)
}

func (d *disk) give(room int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.room = room
}

func (d *disk) String() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text.String()
}

// newTrail returns a trail on a disk that takes everything, and its log.
func newTrail() (*Trail, *disk, *testkit.Log) {
	d := &disk{room: 1 << 30}
	log := &testkit.Log{}
	return NewTrail(d, slog.New(slog.NewTextHandler(log, nil))), d, log
}

func TestTrail_writesBeforeItReturns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // where no machine can stand still for a quarter of a second
		trail, d, _ := newTrail()
		trail.Record(t.Context(), "login", slog.String("address", "127.0.0.1"))
		var record map[string]any
		require.NoError(t, json.Unmarshal([]byte(d.String()), &record))
		_, err := time.Parse(time.RFC3339, record["time"].(string))
		require.NoError(t, err)
		delete(record, "time")
		assert.Equal(t, map[string]any{"level": "INFO", "msg": "audit", "event": "login", "address": "127.0.0.1"}, record)
		assert.Zero(t, trail.Waiting())
		trail.Close()
	})
}

// took is how long a record takes.
func (t *Trail) took(event string) time.Duration {
	start := time.Now()
	t.Record(context.Background(), event)
	return time.Since(start)
}

func TestTrail_waitsAQuarterOfASecondForAFullDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		trail, d, log := newTrail()
		assert.Zero(t, trail.took("first"))
		d.give(0)
		assert.Equal(t, 250*time.Millisecond, trail.took("second"))
		assert.Equal(t, 250*time.Millisecond, trail.took("third"))
		assert.True(t, trail.Room(), "some more can wait")
		time.Sleep(30 * time.Second)
		assert.Equal(t, 1, strings.Count(log.String(), "no space left on device"), "it is not told at each try")
		time.Sleep(time.Minute)
		assert.Equal(t, 2, strings.Count(log.String(), "no space left on device"), "but again while it lasts")

		d.give(1 << 30)
		assert.LessOrEqual(t, trail.took("fourth"), trailRetry)
		assert.Equal(t, 4, strings.Count(d.String(), `"msg":"audit"`), "nothing is lost")
		assert.Less(t, strings.Index(d.String(), "second"), strings.Index(d.String(), "third"), "the order is kept")
		assert.Zero(t, trail.Waiting())
		trail.Close()
	})
}

// A disk that hangs says nothing, so the trail does.
func TestTrail_waitsAQuarterOfASecondForADiskThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		trail, d, log := newTrail()
		d.hang = make(chan struct{})
		assert.Equal(t, 250*time.Millisecond, trail.took("first"))
		assert.Equal(t, 250*time.Millisecond, trail.took("second"))
		assert.Equal(t, 1, strings.Count(log.String(), "it takes longer than 250ms"), "told once, while it lasts a minute")
		close(d.hang)
		synctest.Wait()
		assert.Equal(t, 2, strings.Count(d.String(), `"msg":"audit"`))
		trail.Close()
	})
}

// A disk may fill up in the middle of a line.
func TestTrail_writesALineAgainThatWasWrittenInPart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		trail, d, _ := newTrail()
		trail.Record(t.Context(), "first")
		line := len(d.String())
		d.give(0)
		trail.Record(t.Context(), "second")
		trail.Record(t.Context(), "third!")
		d.give(2*line + 10)
		time.Sleep(time.Second)
		d.give(1 << 30)
		synctest.Wait()
		time.Sleep(time.Second)
		for _, event := range []string{"first", "second", "third!"} {
			assert.Equal(t, 1, strings.Count(d.String(), `"event":"`+event+`"}`+"\n"), "%s in %s", event, d)
		}
		trail.Close()
	})
}

func TestTrail_saysWhenThereIsNoRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		trail, d, _ := newTrail()
		d.give(0)
		half := slog.String("x", strings.Repeat("x", trailLimit/2-1000))
		trail.Record(t.Context(), "first", half)
		assert.True(t, trail.Room())
		trail.Record(t.Context(), "second", slog.String("x", strings.Repeat("x", 3000)))
		assert.False(t, trail.Room(), "half is for what was admitted before")
		trail.Record(t.Context(), "third", half)
		assert.EqualValues(t, 1, trail.LeftOut(), "and no more fits than the whole")
		d.give(1 << 30)
		time.Sleep(trailRetry)
		synctest.Wait()
		assert.True(t, trail.Room())
		trail.Close()
		assert.Equal(t, 2, strings.Count(d.String(), `"msg":"audit"`))
	})
}

func TestTrail_aStopWritesWhatWaits(t *testing.T) {
	rows := []struct {
		name    string
		repair  time.Duration // after the stop began
		took    time.Duration
		records int
		log     string
	}{
		{"at once", 0, 0, 2, ""},
		{"once the disk has room", 3 * time.Second, 3 * time.Second, 2, ""},
		{"not for ever", time.Minute, trailClose, 0, "the stop takes audit records that could not be written"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				trail, d, log := newTrail()
				if row.repair > 0 {
					d.give(0)
					time.AfterFunc(row.repair+2*recordWait, func() { d.give(1 << 30) })
				}
				trail.Record(t.Context(), "first")
				trail.Record(t.Context(), "second")
				start := time.Now()
				trail.Close()
				assert.Equal(t, row.took, time.Since(start).Truncate(time.Second))
				assert.Equal(t, row.records, strings.Count(d.String(), `"msg":"audit"`))
				assert.Contains(t, log.String(), row.log)
			})
		})
	}
}
