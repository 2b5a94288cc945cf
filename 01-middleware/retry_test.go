package middleware_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/01-middleware"
	"github.com/stretchr/testify/assert"
)

func TestRetry(t *testing.T) {
	busy, wrong := errors.New("busy"), errors.New("wrong")
	isBusy := func(err error) bool { return errors.Is(err, busy) }
	rows := []struct {
		name        string
		results     []error // of the calls, in order; the last one repeats
		attempts    int
		cancelAfter time.Duration // 0 is never
		calls       int
		errs        []error // all must be in the error; none means no error
		least, most time.Duration
	}{
		{name: "a success is not repeated", results: []error{nil}, attempts: 3, calls: 1},
		{name: "a temporary failure is tried again", results: []error{busy, nil}, attempts: 3, calls: 2,
			least: 500 * time.Millisecond, most: time.Second},
		{name: "the pauses double", results: []error{busy, busy, busy, nil}, attempts: 4, calls: 4,
			least: 3500 * time.Millisecond, most: 7 * time.Second},
		{name: "the last attempt's error comes back", results: []error{busy}, attempts: 2, calls: 2, errs: []error{busy},
			least: 500 * time.Millisecond, most: time.Second},
		{name: "a lasting failure is not repeated", results: []error{wrong}, attempts: 3, calls: 1, errs: []error{wrong}},
		{name: "a failure that turns lasting ends it", results: []error{busy, wrong}, attempts: 9, calls: 2,
			errs: []error{wrong}, least: 500 * time.Millisecond, most: time.Second},
		{name: "one attempt is one call", results: []error{busy}, attempts: 1, calls: 1, errs: []error{busy}},
		{name: "no attempts are one call too", results: []error{busy}, attempts: 0, calls: 1, errs: []error{busy}},
		{name: "the end of the context ends the pause", results: []error{busy}, attempts: 9,
			cancelAfter: 100 * time.Millisecond, calls: 1, errs: []error{busy, context.DeadlineExceeded},
			least: 100 * time.Millisecond, most: 100 * time.Millisecond},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx := t.Context()
				if row.cancelAfter > 0 {
					var cancel context.CancelFunc
					ctx, cancel = context.WithTimeout(ctx, row.cancelAfter)
					defer cancel()
				}
				calls := 0
				f := func(_ context.Context, in string) (string, error) {
					calls++
					return in + "!", row.results[min(calls, len(row.results))-1]
				}
				start := time.Now()
				out, err := middleware.Retry(f, row.attempts, time.Second, isBusy)(ctx, "done")
				took := time.Since(start)

				assert.Equal(t, "done!", out)
				assert.Equal(t, row.calls, calls, "number of calls")
				for _, want := range row.errs {
					assert.ErrorIs(t, err, want)
				}
				if row.errs == nil {
					assert.NoError(t, err)
				}
				assert.GreaterOrEqual(t, took, row.least, "it must give the other side time")
				assert.LessOrEqual(t, took, row.most, "it must not keep the caller waiting")
			})
		})
	}
}
