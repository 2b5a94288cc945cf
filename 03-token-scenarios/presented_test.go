package tokens

import (
	"testing"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHandlers_Presented(t *testing.T) {
	exercise.Needs(t, "3.1")
	f := newFixture()
	one, err := f.Open(t.Context(), "jinho", 0)
	require.NoError(t, err)
	two, err := f.Open(t.Context(), "jinho", 0)
	require.NoError(t, err)
	ids := func(p Pair) []string { return f.http.sessions.sessionsOf([]string{p.RefreshToken}) }

	byCookie, byBearer := f.http.Presented(request(t.Context(), cookieHeader(one), cookieHeader(one), bearerHeader(two)))
	assert.Equal(t, ids(one), byCookie, "each session once")
	assert.Equal(t, ids(two), byBearer)

	byCookie, byBearer = f.http.Presented(request(t.Context(), cookieHeader(Pair{RefreshToken: one.RefreshToken + "x"}), "Authorization: Bearer "+two.AccessToken+"x"))
	assert.Empty(t, append(byCookie, byBearer...), "a forged token names nobody: else a record could be put on somebody else")
}

// Whoever could guess a session's id could name it in a log-out or a record.
func TestSessionID_isRandom(t *testing.T) {
	exercise.Needs(t, "3.1")
	f := newFixture()
	seen := map[string]bool{}
	for range 100 {
		pair, err := f.Open(t.Context(), "jinho", 0)
		require.NoError(t, err)
		ids := f.http.sessions.sessionsOf([]string{pair.RefreshToken})
		require.Len(t, ids, 1)
		assert.Regexp(t, `^[A-Z2-7]{26}$`, ids[0], "26 letters of base32 are 130 bits")
		assert.False(t, seen[ids[0]])
		seen[ids[0]] = true
	}
}
