package store

import (
	"strings"
	"testing"
	"time"

	accounts "example.com/authbook/04-signup-login"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func failureBehaviours() []behaviour {
	return []behaviour{
		{"an unknown key has no failures", anUnknownKeyHasNoFailures},
		{"several keys are read at once", severalKeysAreReadAtOnce},
		{"failures add up within the window", failuresAddUpWithinTheWindow},
		{"past the window the count starts again", pastTheWindowTheCountStartsAgain},
		{"a failure is added to the count that was seen, or not at all", aFailureIsAddedToTheCountThatWasSeenOrNotAtAll},
		{"a key is any bytes", aKeyIsAnyBytes},
		{"forgetting removes one key", forgettingRemovesOneKey},
		{"cleaning removes old keys in steps", cleaningRemovesOldKeysInSteps},
	}
}

func anUnknownKeyHasNoFailures(t *testing.T, db, _ anyStore) {
	assert.Zero(t, failuresIn(t, db, "unknown"))
}

func severalKeysAreReadAtOnce(t *testing.T, db, _ anyStore) {
	keys := []string{"a", "\xff\x00", "unknown", "b", "a"}
	for _, key := range []string{"a", "\xff\x00", "b", "b", "not asked for"} {
		require.NoError(t, db.AddFailure(t.Context(), key, time.Hour))
	}
	for range 2 { // the second time the query is known
		found, err := db.Failures(t.Context(), keys...)
		require.NoError(t, err)
		counts := map[string]int{}
		for key, f := range found {
			counts[key] = f.Count
		}
		assert.Equal(t, map[string]int{"a": 1, "\xff\x00": 1, "b": 2}, counts)
	}
	found, err := db.Failures(t.Context())
	require.NoError(t, err)
	assert.Empty(t, found)
}

func failuresAddUpWithinTheWindow(t *testing.T, db, other anyStore) {
	for range 3 {
		require.NoError(t, db.AddFailure(t.Context(), "key", time.Hour))
	}
	f := failuresIn(t, other, "key")
	assert.Equal(t, 3, f.Count, "every server counts what any server saw")
	assert.GreaterOrEqual(t, f.SinceLast, time.Duration(0))
	assert.Greater(t, f.SinceOpen, f.SinceLast, "the window opened with the first, not with the last")
	assert.Less(t, f.SinceOpen, time.Minute)
	assert.Zero(t, failuresIn(t, db, "another key"))
}

func pastTheWindowTheCountStartsAgain(t *testing.T, db, _ anyStore) {
	require.NoError(t, db.AddFailure(t.Context(), "key", time.Hour))
	require.NoError(t, db.AddFailure(t.Context(), "key", time.Hour))
	require.NoError(t, db.AddFailure(t.Context(), "key", -time.Hour), "a window that is over since long")
	f := failuresIn(t, db, "key")
	assert.Equal(t, 1, f.Count)
	require.NoError(t, db.AddFailure(t.Context(), "key", time.Hour))
	assert.Equal(t, 2, failuresIn(t, db, "key").Count)
}

func aFailureIsAddedToTheCountThatWasSeenOrNotAtAll(t *testing.T, db, other anyStore) {
	add := func(count int) bool {
		t.Helper()
		counted, err := other.AddFailureTo(t.Context(), "key", count, time.Hour)
		require.NoError(t, err)
		return counted
	}
	assert.False(t, add(0), "an unknown key has no count")
	assert.Zero(t, failuresIn(t, db, "key"))
	require.NoError(t, db.AddFailure(t.Context(), "key", time.Hour))
	assert.False(t, add(2))
	assert.True(t, add(1))
	assert.False(t, add(1), "somebody was faster")
	assert.Equal(t, 2, failuresIn(t, db, "key").Count)
	counted, err := db.AddFailureTo(t.Context(), "key", 2, -time.Hour)
	require.NoError(t, err)
	assert.True(t, counted)
	assert.Equal(t, 1, failuresIn(t, db, "key").Count, "past the window the count starts again")
}

func aKeyIsAnyBytes(t *testing.T, db, _ anyStore) {
	for _, key := range []string{"", "a\x00b", "\xff\xfe", strings.Repeat("k", 300)} {
		require.NoError(t, db.AddFailure(t.Context(), key, time.Hour), "%q", key)
		assert.Equal(t, 1, failuresIn(t, db, key).Count, "%q", key)
	}
}

func forgettingRemovesOneKey(t *testing.T, db, _ anyStore) {
	require.NoError(t, db.AddFailure(t.Context(), "key", time.Hour))
	require.NoError(t, db.AddFailure(t.Context(), "another", time.Hour))
	require.NoError(t, db.Forget(t.Context(), "key"))
	require.NoError(t, db.Forget(t.Context(), "key"), "again is no error")
	assert.Zero(t, failuresIn(t, db, "key"))
	assert.Equal(t, 1, failuresIn(t, db, "another").Count)
}

func cleaningRemovesOldKeysInSteps(t *testing.T, db, _ anyStore) {
	for _, key := range []string{"a", "b", "c"} {
		require.NoError(t, db.AddFailure(t.Context(), key, time.Hour))
	}
	deleted, err := db.DeleteOldFailures(t.Context(), time.Hour, 10)
	require.NoError(t, err)
	assert.Zero(t, deleted, "none is an hour old")
	for _, want := range []int{2, 1, 0} {
		deleted, err := db.DeleteOldFailures(t.Context(), -time.Hour, 2)
		require.NoError(t, err)
		assert.Equal(t, want, deleted)
	}
	assert.Zero(t, failuresIn(t, db, "a"))
}

func failuresIn(t *testing.T, db accounts.ThrottleStore, key string) accounts.Failures {
	t.Helper()
	found, err := db.Failures(t.Context(), key)
	require.NoError(t, err)
	return found[key]
}
