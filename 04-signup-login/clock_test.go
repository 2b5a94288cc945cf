package accounts

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// All that reads a clock goes by the one it was given.
func TestClock(t *testing.T) {
	now := time.Date(2100, time.January, 1, 12, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }

	store := NewMemoryStore(nil)
	store.Now = clock
	require.NoError(t, store.AddFailure(t.Context(), "key", time.Hour))
	now = now.Add(time.Minute)
	found, err := store.Failures(t.Context(), "key")
	require.NoError(t, err)
	assert.Equal(t, Failures{Count: 1, SinceLast: time.Minute, SinceOpen: time.Minute}, found["key"])

	pool := NewPool(1, 1)
	pool.Now = clock
	release, err := pool.Acquire(t.Context(), "192.0.2.1")
	require.NoError(t, err)
	now = now.Add(8 * time.Second)
	release()
	assert.Equal(t, time.Second, pool.pace, "an eighth of the eight seconds that the slot was held")

	service := &Service{config: Config{Now: clock}}
	assert.Equal(t, now, service.newUser(signUpRequest{Username: "JIN HO"}, "").Created)
}
