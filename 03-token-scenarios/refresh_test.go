package tokens

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSessions_Refresh(t *testing.T) {
	type row struct {
		name  string
		needs []string
		// before changes the world, or the refresh token, after the log-in.
		before func(*testing.T, *fixture, *Pair)
		want   problem.Code
		cause  error
		ended  bool // the session does not go on afterwards
	}
	needs := []string{"3.1", "3.3", "3.4", "3.7"}
	rotate := func(times int, wait time.Duration) func(*testing.T, *fixture, *Pair) {
		return func(t *testing.T, f *fixture, p *Pair) {
			latest := *p
			for range times {
				latest = f.refresh(t, latest)
			}
			p.AccessToken = latest.AccessToken
			<-time.After(wait)
		}
	}
	exercise.SynctestRows(t, "3.8", []row{
		{name: "a fresh token is exchanged", needs: needs},
		{name: "the one before too, within the grace", needs: needs, before: rotate(1, Grace)},
		{name: "after the grace it ends the session", needs: needs, before: rotate(1, Grace+time.Second),
			want: problem.InvalidToken, cause: ErrReused, ended: true},
		{name: "two generations old ends the session at once", needs: needs, before: rotate(2, 0),
			want: problem.InvalidToken, cause: ErrReused, ended: true},
		{name: "a tampered token ends nothing", needs: needs, want: problem.InvalidToken, cause: ErrInvalid,
			before: func(_ *testing.T, _ *fixture, p *Pair) { p.RefreshToken = tamper(p.RefreshToken) }},
		{name: "an access token ends nothing", needs: needs, want: problem.InvalidToken, cause: ErrInvalid,
			before: func(_ *testing.T, _ *fixture, p *Pair) { p.RefreshToken = p.AccessToken }},
		{name: "a generation of the future ends nothing", needs: needs, want: problem.InvalidToken, cause: ErrInvalid,
			before: func(t *testing.T, f *fixture, p *Pair) {
				old, err := unseal(f.mac, p.RefreshToken)
				require.NoError(t, err)
				p.RefreshToken = refreshToken{old.sessionID, 9}.seal(f.mac)
			}},
		{name: "a session that does not exist", needs: needs, want: problem.InvalidToken, cause: ErrNoSession,
			before: func(_ *testing.T, f *fixture, p *Pair) {
				p.RefreshToken = refreshToken{testSessionID, 0}.seal(f.mac)
			}},
		{name: "a session that was ended", needs: needs, want: problem.InvalidToken, cause: ErrRevoked, ended: true,
			before: func(t *testing.T, f *fixture, _ *Pair) {
				require.NoError(t, f.store.RevokeAll(t.Context(), "jinho", ""))
			}},
		{name: "a disabled user", needs: needs, want: problem.InvalidToken, cause: ErrDisabled, ended: true,
			before: func(_ *testing.T, f *fixture, _ *Pair) {
				f.people.change("jinho", func(u *User) { u.Disabled = true })
			}},
		{name: "a store that can't rotate", needs: needs, want: problem.Unavailable, cause: errDown,
			before: func(_ *testing.T, f *fixture, _ *Pair) { f.store.down = "Rotate" }},
		{name: "a reuse that can't be recorded is no answer yet", needs: needs, want: problem.Unavailable, cause: errDown,
			before: func(t *testing.T, f *fixture, p *Pair) { rotate(2, 0)(t, f, p); f.store.down = "Revoke" }},
		{name: "a session that changes between the update and the read", needs: needs, want: problem.Unavailable, cause: errMoved,
			before: func(_ *testing.T, f *fixture, _ *Pair) { f.Sessions.store = undecided{f.store} }},
	}, func(t *testing.T, row row) {
		f := newFixture()
		pair := f.open(t, "jinho")
		if row.before != nil {
			row.before(t, f, &pair)
		}
		next, err := f.Refresh(t.Context(), pair.RefreshToken)
		require.Equal(t, row.want, code(err), "the client branches on the code")
		f.store.down = ""
		_, alive := f.Authenticate(t.Context(), pair.AccessToken)
		assert.Equal(t, row.ended, alive != nil, "whether the session's access tokens are dead now")
		if row.want != "" {
			assert.ErrorIs(t, err, row.cause, "the log must say why")
			assert.Empty(t, next, "a refresh that failed must hand out nothing")
			return
		}
		assert.NotEqual(t, pair.RefreshToken, next.RefreshToken, "the token must have moved on")
		f.refresh(t, next) // which only works if the store moved on with it
	})
}

// undecided is a store whose session changes between the update and the read.
type undecided struct{ Store }

func (u undecided) Rotate(ctx context.Context, id string, _ int64, _ Limits) (Snapshot, bool, error) {
	found, err := u.Load(ctx, id)
	return found, false, err
}

func TestSessions_Refresh_endsAReusedSessionThoughTheThiefHangsUp(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4", "3.7", "3.8")
	f := newFixture()
	stolen := f.open(t, "jinho")
	latest := f.refresh(t, f.refresh(t, stolen))
	ctx, hangUp := context.WithCancel(t.Context())
	hangUp()
	_, err := f.Refresh(ctx, stolen.RefreshToken)
	require.ErrorIs(t, err, ErrReused)
	_, err = f.Authenticate(t.Context(), latest.AccessToken)
	assert.ErrorIs(t, err, ErrRevoked, "or a thief could try tokens without a trace")
}

func TestSessions_Refresh_afterAChangeOfKey(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4", "3.7", "3.8")
	f := newFixture()
	old := f.open(t, "jinho")
	const next = "the key after the next deployment"
	f.mac = standInMAC{next, refreshKey}
	renewed, err := f.Refresh(t.Context(), old.RefreshToken)
	require.NoError(t, err, "a change of key must not log anybody out")
	f.mac = standInMAC{next}
	f.refresh(t, renewed) // the successor is under the new key alone
}

func TestSessions_Refresh_fiftyTimesAtOnce(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4", "3.7", "3.8")
	f := newFixture()
	pair := f.open(t, "jinho")
	answers := parallel(50, func() (Pair, error) { return f.Refresh(t.Context(), pair.RefreshToken) })
	for _, a := range answers {
		require.NoError(t, a.err, "a parallel refresh must not log anybody out")
		assert.Equal(t, answers[0].RefreshToken, a.RefreshToken, "one token must have one successor")
		_, err := f.Authenticate(t.Context(), a.AccessToken)
		assert.NoError(t, err, "every access token must work")
	}
	f.refresh(t, answers[0].Pair)
}

func TestSessions_Refresh_racingLogOut(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4", "3.7", "3.8", "3.10")
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		for range 50 {
			pair := f.open(t, "jinho")
			f.refresh(t, pair) // so that pair is in its grace
			answers := parallel(8, func() (Pair, error) {
				got, err := f.Refresh(t.Context(), pair.RefreshToken)
				if err == nil {
					err = f.LogOut(t.Context(), pair.RefreshToken)
				}
				return got, err
			})
			for _, a := range answers {
				if a.AccessToken == "" {
					continue // it came after the log-out
				}
				_, err := f.Authenticate(t.Context(), a.AccessToken)
				require.ErrorIs(t, err, ErrRevoked, "nothing may work after a log-out has answered")
				_, err = f.Refresh(t.Context(), a.RefreshToken)
				require.ErrorIs(t, err, ErrRevoked, "nothing may work after a log-out has answered")
			}
		}
	})
}

// outcome is what one of several parallel refreshes got.
type outcome struct {
	Pair
	err error
}

// parallel calls f n times at once.
func parallel(n int, f func() (Pair, error)) []outcome {
	outcomes := make([]outcome, n)
	start := make(chan struct{})
	var wg sync.WaitGroup
	for i := range outcomes {
		wg.Go(func() {
			<-start
			outcomes[i].Pair, outcomes[i].err = f()
		})
	}
	close(start)
	wg.Wait()
	return outcomes
}
