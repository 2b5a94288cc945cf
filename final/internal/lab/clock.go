package lab

import (
	"sync/atomic"
	"time"
)

// clock stands still until the lab moves it. It has no bearing on the server's own.
type clock struct{ moved atomic.Int64 }

// dawn is when every clock of the lab begins: a whole second, as in a token.
func dawn() time.Time { return time.Date(2030, time.January, 1, 12, 0, 0, 0, time.UTC) }

func (c *clock) now() time.Time { return dawn().Add(time.Duration(c.moved.Load())) }

func (c *clock) jump(by time.Duration) { c.moved.Add(int64(by)) }

// seconds is how long after dawn a moment is.
func seconds(t time.Time) int64 { return int64(t.Sub(dawn()) / time.Second) }
