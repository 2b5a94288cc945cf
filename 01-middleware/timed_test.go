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
	type row struct {
		name   string
		rests  time.Duration // before each call
		takes  time.Duration
		err    error
		panics bool
	}
	rows := []row{
		{name: "a call is timed", takes: 3 * time.Second},
		{name: "the time before a call is not part of it", rests: time.Minute, takes: 0},
		{name: "a call that fails is timed", takes: 2 * time.Second, err: errors.New("broken")},
		{name: "a call that panics is timed", takes: time.Second, panics: true},
	}
	exercise.SynctestRows(t, "1.2", rows, func(t *testing.T, row row) {
		var reports []time.Duration
		work := func(context.Context, int) (int, error) {
			<-time.After(row.takes)
			if row.panics {
				panic("out of paper")
			}
			return 0, row.err
		}
		timed := middleware.Timed(work, func(took time.Duration) { reports = append(reports, took) })
		require.NotNil(t, timed, "a decorator must return a function")
		require.Empty(t, reports, "nothing was called yet, so there is nothing to report")

		for call := range 2 {
			<-time.After(row.rests)
			func() {
				defer func() { _ = recover() }() // TestTimed_changesNothing asks what became of a panic
				_, _ = timed(t.Context(), 0)
			}()
			require.Len(t, reports, call+1,
				"call %d: expected one report for each call, however it ends: the calls that fail matter most", call+1)
			require.Equal(t, row.takes.String(), reports[call].String(),
				"call %d: the time must be that of this call only", call+1)
		}
	})
}

// The caller of a decorated function must not notice the decorator.
func TestTimed_changesNothing(t *testing.T) {
	broken := errors.New("broken")
	double := func(_ context.Context, in int) (int, error) { return 2 * in, nil }
	type row struct {
		name   string
		f      middleware.Func[int, int]
		want   int
		err    error
		panics any
		why    string
	}
	rows := []row{
		{name: "the caller gets the result", f: double, want: 42, why: "the result is what the function was called for"},
		{name: "the caller gets the error", err: broken, why: "an error that gets lost looks like a success",
			f: func(context.Context, int) (int, error) { return 0, broken }},
		{name: "a panic goes on", panics: "out of paper", why: "a decorator must not hide that the function broke",
			f: func(context.Context, int) (int, error) { panic("out of paper") }},
		{name: "the context reaches the function", want: 42, why: "without the caller's context nobody can stop it",
			f: func(ctx context.Context, in int) (int, error) {
				if ctx.Value(ctxKey{}) != "kept" {
					return 0, errors.New("this is not the context of the caller")
				}
				return double(ctx, in)
			}},
	}
	exercise.Rows(t, "1.2", rows, func(t *testing.T, row row) {
		calls := 0
		timed := middleware.Timed(func(ctx context.Context, in int) (int, error) {
			calls++
			return row.f(ctx, in)
		}, func(time.Duration) {})
		require.NotNil(t, timed, "a decorator must return a function")
		var out int
		var err error
		panicked := func() (v any) {
			defer func() { v = recover() }()
			out, err = timed(context.WithValue(t.Context(), ctxKey{}, "kept"), 21)
			return nil
		}()
		assert.Equal(t, row.panics, panicked, "the value of the panic: %s", row.why)
		assert.Equal(t, row.err, err, "the error: %s", row.why)
		assert.Equal(t, row.want, out, "the result: %s", row.why)
		assert.Equal(t, 1, calls, "one call must be one call: the function may send a letter")
	})
}
