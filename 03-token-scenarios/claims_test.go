package tokens

import (
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
)

func TestClaimsFor(t *testing.T) {
	noon := time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC)
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
		s := Session{ID: "S", UserID: "U", Expires: row.sessionExpires}
		c := claimsFor(s, row.now)
		assert.Equal(t, "U", c.Subject, "sub is the user: the bearer check compares it with the session's")
		assert.Equal(t, "S", c.SessionID, "sid is the session: without it log-out can't reach the token")
		assert.Equal(t, row.issued, c.IssuedAt, "iat: the verifier measures the token's age from it")
		assert.Equal(t, row.expires, c.ExpiresAt, "exp: after it the token must be dead")
		assert.NotEmpty(t, c.TokenID, "jti names the token in an audit log")
		assert.NotEqual(t, c.TokenID, claimsFor(s, row.now).TokenID, "two tokens of one second must have two names")
	})
}
