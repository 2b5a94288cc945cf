package middleware_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"example.com/authbook/01-middleware"
	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

type ctxKey struct{}

func TestTimed(t *testing.T) {
	broken := errors.New("broken")
	type row struct {
		name   string
		rests  time.Duration // before each call
		takes  time.Duration
		err    error
		panics bool
	}
	rows := []row{
		{name: "a call is timed", takes: 3 * time.Second},
		{name: "a call that takes no time is reported too", takes: 0},
		{name: "the time before a call is not part of it", rests: time.Minute, takes: 0},
		{name: "a call that fails is timed and keeps its error", takes: 2 * time.Second, err: broken},
		{name: "a call that panics is timed and goes on panicking", takes: time.Second, panics: true},
	}
	exercise.SynctestRows(t, "1.2", rows, func(t *testing.T, row row) {
		var reports []time.Duration
		double := func(ctx context.Context, in int) (int, error) {
			assert.Equal(t, "kept", ctx.Value(ctxKey{}), "the context must reach the function, or nobody can stop it")
			<-time.After(row.takes)
			if row.panics {
				panic("out of paper")
			}
			return 2 * in, row.err
		}
		timed := middleware.Timed(double, func(took time.Duration) { reports = append(reports, took) })
		require.NotNil(t, timed, "a decorator must return a function")
		assert.Empty(t, reports, "nothing was called yet, so there is nothing to report")

		ctx := context.WithValue(t.Context(), ctxKey{}, "kept")
		for call := range 2 {
			<-time.After(row.rests)
			if row.panics {
				assert.PanicsWithValue(t, "out of paper", func() { _, _ = timed(ctx, 21) },
					"a decorator must not hide that the function broke")
			} else {
				out, err := timed(ctx, 21)
				assert.Equal(t, 42, out, "the caller must get what the function returned")
				assert.Equal(t, row.err, err, "the caller must get the error of the function")
			}
			require.Len(t, reports, call+1, "expected one report for each call, however it ends: the calls that fail are those to look at")
			assert.Equal(t, row.takes, reports[call], "the time must be that of this call alone, or it misleads whoever reads it")
		}
	})
}
