package tokens

import (
	"context"
	"testing"
	"time"

	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSessions_Authenticate(t *testing.T) {
	type row struct {
		name  string
		needs []string
		// before changes the world, or the token, after the log-in.
		before func(*testing.T, *fixture, *Pair)
		want   problem.Code
		cause  error
	}
	needs := []string{"3.1", "3.3"}
	// sign replaces the access token by one with other claims.
	sign := func(edit func(*Claims)) func(*testing.T, *fixture, *Pair) {
		return func(t *testing.T, f *fixture, p *Pair) {
			claims, err := f.jwt.Verify(p.AccessToken)
			require.NoError(t, err)
			edit(&claims)
			p.AccessToken, err = f.jwt.Sign(claims)
			require.NoError(t, err)
		}
	}
	exercise.SynctestRows(t, "3.4", []row{
		{name: "a fresh token says who it is", needs: needs},
		{name: "no token at all", needs: needs, want: problem.InvalidToken, cause: ErrInvalid,
			before: func(_ *testing.T, _ *fixture, p *Pair) { p.AccessToken = "" }},
		{name: "a token of another server", needs: needs, want: problem.InvalidToken, cause: ErrInvalid,
			before: func(_ *testing.T, f *fixture, _ *Pair) { f.jwt = standInJWT(refreshKey) }},
		{name: "an expired token", needs: needs, want: problem.TokenExpired, cause: ErrExpired,
			before: func(*testing.T, *fixture, *Pair) { <-time.After(AccessTTL) }},
		{name: "a session that was ended", needs: needs, want: problem.InvalidToken, cause: ErrRevoked,
			before: func(t *testing.T, f *fixture, _ *Pair) {
				require.NoError(t, f.store.RevokeAll(t.Context(), "jinho", ""))
			}},
		{name: "a disabled user", needs: needs, want: problem.InvalidToken, cause: ErrDisabled,
			before: func(_ *testing.T, f *fixture, _ *Pair) {
				f.people.change("jinho", func(u *User) { u.Disabled = true })
			}},
		{name: "a user who is gone", needs: needs, want: problem.InvalidToken, cause: ErrNoSession,
			before: func(_ *testing.T, f *fixture, _ *Pair) { f.people.remove("jinho") }},
		{name: "a session whose time is over, though the token's is not", needs: needs, want: problem.TokenExpired, cause: ErrExpired,
			before: func(_ *testing.T, f *fixture, _ *Pair) {
				<-time.After(IdleLimit)
				f.jwt = ageless{f.jwt}
			}},
		{name: "a session that does not exist", needs: needs, want: problem.InvalidToken, cause: ErrNoSession,
			before: sign(func(c *Claims) { c.SessionID = "NOSUCHSESSION" })},
		{name: "somebody else's session", needs: needs, want: problem.InvalidToken, cause: ErrInvalid,
			before: sign(func(c *Claims) { c.Subject = "minsu" })},
		{name: "a store that can't answer lets nobody in", needs: needs, want: problem.Unavailable, cause: errDown,
			before: func(_ *testing.T, f *fixture, _ *Pair) { f.store.down = "Load" }},
	}, func(t *testing.T, row row) {
		f := newFixture()
		pair := f.open(t, "jinho")
		if row.before != nil {
			row.before(t, f, &pair)
		}
		who, err := f.Authenticate(t.Context(), pair.AccessToken)
		requireCode(t, row.want, err, "the client branches on the code: refresh, log in, or wait")
		if row.want == "" {
			assert.Equal(t, "JIN HO", who.Username, "the handlers act for this person")
			assert.NotEmpty(t, who.Session.ID, "a password change ends every session but this one")
			return
		}
		assert.ErrorIs(t, err, row.cause, "the log must say why")
		assert.Empty(t, who, "a check that failed must name nobody")
	})
}

// ageless verifies whatever the time, like a verifier whose clock is slow.
type ageless struct{ JWT }

func (a ageless) Verify(token string) (Claims, error) { return a.VerifyIgnoringExpiry(token) }

func TestSessions_Authenticate_readsTheUserEachTime(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4")
	f := newFixture()
	pair := f.open(t, "jinho")
	before, err := f.Authenticate(t.Context(), pair.AccessToken)
	require.NoError(t, err)
	require.False(t, before.HasRole("ADMIN"))
	f.people.change("jinho", func(u *User) { u.Roles = []string{"ADMIN", "USER"} })
	after, err := f.Authenticate(t.Context(), pair.AccessToken)
	require.NoError(t, err)
	assert.True(t, after.HasRole("ADMIN"), "a new role must count on the next request, with the same token")
}

func TestSessions_Authenticate_asksOnTheRequestsContext(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4")
	f := newFixture()
	pair := f.open(t, "jinho")
	ctx := f.hangUpAtTheStore(t)
	_, err := f.Authenticate(ctx, pair.AccessToken)
	assert.ErrorIs(t, err, context.Canceled, "a client that has gone needs no read of the store")
}
