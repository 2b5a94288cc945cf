package accounts

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSweepFailures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := NewMemoryStore(nil)
		add := func(from, to int) {
			for i := from; i < to; i++ {
				require.NoError(t, store.AddFailure(t.Context(), fmt.Sprint(i), time.Hour))
			}
		}
		add(0, 2500) // more than two steps
		time.Sleep(failureAge)
		add(2500, 2510)
		time.Sleep(time.Second)
		require.NoError(t, SweepFailures(t.Context(), store))
		assert.Len(t, store.failures, 10, "old rows go, all of them, and new ones stay")
	})
}

// steps notes how much each step of a sweep may remove.
type steps struct {
	ThrottleStore
	limits []int
}

func (s *steps) DeleteOldFailures(_ context.Context, _ time.Duration, limit int) (int, error) {
	s.limits = append(s.limits, limit)
	return limit - len(s.limits) + 1, nil
}

func TestSweepFailures_inShortSteps(t *testing.T) {
	store := &steps{}
	require.NoError(t, SweepFailures(t.Context(), store))
	assert.Equal(t, []int{1000, 1000}, store.limits, "requests wait for a step of a thousand rows, and no longer")
}

func TestMemoryStore_countsToTheLastMoment(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := NewMemoryStore(nil)
		require.NoError(t, store.AddFailure(t.Context(), "k", time.Hour))
		time.Sleep(time.Hour)
		require.NoError(t, store.AddFailure(t.Context(), "k", time.Hour))
		found, err := store.Failures(t.Context(), "k")
		require.NoError(t, err)
		assert.Equal(t, 2, found["k"].Count, "the window is an hour, and not over yet")
		time.Sleep(time.Hour)
		n, err := store.DeleteOldFailures(t.Context(), time.Hour, 1)
		require.NoError(t, err)
		assert.Zero(t, n, "an hour is not more than an hour")
	})
}
