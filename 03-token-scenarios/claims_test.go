package tokens

import (
	"math"
	"slices"
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
)

func TestClaimsFor(t *testing.T) {
	type row struct {
		name            string
		now             time.Time
		sessionExpires  time.Time
		issued, expires time.Time
	}
	exercise.Rows(t, "3.1", []row{
		{"lives for fifteen minutes", noon, noon.Add(day), noon, noon.Add(15 * time.Minute)},
		{"never outlives its session", noon, noon.Add(time.Minute), noon, noon.Add(time.Minute)},
		{
			"times are whole seconds, because a JWT holds no more",
			noon.Add(900 * time.Millisecond), noon.Add(day), noon, noon.Add(15 * time.Minute),
		},
		{
			"the session's end is cut to whole seconds too",
			noon, noon.Add(90*time.Second + time.Millisecond), noon, noon.Add(90 * time.Second),
		},
	}, func(t *testing.T, row row) {
		c := claimsFor(Session{ID: "S", UserID: "U", Expires: row.sessionExpires}, row.now)
		assert.Equal(t, row.issued, c.IssuedAt, "iat: the verifier measures the token's age from it")
		assert.Equal(t, row.expires, c.ExpiresAt, "exp: after it the token must be dead")
	})
}

func TestClaimsFor_names(t *testing.T) {
	type row struct {
		name string
		of   func(Claims) string
		want string
		why  string
	}
	exercise.Rows(t, "3.1", []row{
		{"sub is the user", func(c Claims) string { return c.Subject }, "U", "the bearer check compares it with the session's user"},
		{"sid is the session", func(c Claims) string { return c.SessionID }, "S", "without it no log-out reaches the token"},
	}, func(t *testing.T, row row) {
		c := claimsFor(Session{ID: "S", UserID: "U"}, time.Time{})
		assert.Equal(t, row.want, row.of(c), row.why)
	})
}

func TestClaimsFor_givesEachTokenAName(t *testing.T) {
	exercise.Needs(t, "3.1")
	one, other := claimsFor(Session{ID: "S"}, time.Time{}), claimsFor(Session{ID: "S"}, time.Time{})
	assert.NotEmpty(t, one.TokenID, "jti names the token in an audit log")
	assert.NotEqual(t, one.TokenID, other.TokenID, "jti: two tokens of one second must have two names")
}

func TestClaimsFor_namesAreNeverDrawnTwice(t *testing.T) {
	exercise.Needs(t, "3.1")
	var names []string
	for range 256 {
		names = append(names, claimsFor(Session{ID: testSessionID}, time.Time{}).TokenID)
	}
	assert.GreaterOrEqual(t, bitsOf(names), 128.0,
		"jti: a name of 128 random bits, such as rand.Text returns, never comes twice on all servers together")
}

// bitsOf is how much texts differ, in bits: how many letters each place has been
// seen with.
func bitsOf(texts []string) (bits float64) {
	shortest := slices.MinFunc(texts, func(a, b string) int { return len(a) - len(b) })
	for place := range shortest {
		seen := map[byte]bool{}
		for _, text := range texts {
			seen[text[place]] = true
		}
		bits += math.Log2(float64(len(seen)))
	}
	return bits
}

// The notes and the document of the API promise these.
func TestLimits_areThoseOfTheNotes(t *testing.T) {
	assert.Equal(t, 15*time.Minute, AccessTTL)
	assert.Equal(t, 30*time.Second, Grace)
	assert.Equal(t, 14*day, IdleLimit)
	assert.Equal(t, 30*day, AbsoluteLimit)
	assert.Equal(t, 50, MaxSessions)
}
