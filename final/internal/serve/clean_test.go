package serve

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/final/internal/testkit"
	"github.com/stretchr/testify/assert"
)

func TestEvery(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log testkit.Log
		rounds, failures := 0, 0
		ctx, stop := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			defer close(done)
			every(ctx, time.Hour, slog.New(slog.NewTextHandler(&log, nil)),
				func(context.Context) error { failures++; return errors.New("the database is down") },
				func(context.Context) error { rounds++; return nil },
			)
		}()
		synctest.Wait()
		assert.Equal(t, 1, rounds, "a sweep that fails keeps no other one from running")
		assert.Contains(t, log.String(), "the database is down")
		<-time.After(2*time.Hour + time.Minute)
		synctest.Wait() // the third round has ended, and its effects can be read
		assert.Equal(t, 3, rounds)
		assert.Equal(t, 3, failures, "what failed is tried again")
		stop()
		<-done // a server that stops does not wait for the next round
	})
}

func TestEvery_isSilentWhenStopped(t *testing.T) {
	var log testkit.Log
	ctx, stop := context.WithCancel(t.Context())
	stop()
	every(ctx, time.Hour, slog.New(slog.NewTextHandler(&log, nil)), func(ctx context.Context) error { return ctx.Err() })
	assert.Empty(t, log.String(), "a sweep that the stop has cut short is no failure")
}
