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
		{name: "a log-out that comes before the update wins", needs: needs, want: problem.InvalidToken, cause: ErrRevoked, ended: true,
			before: func(t *testing.T, f *fixture, _ *Pair) {
				f.store.beforeRotate = func() { require.NoError(t, f.store.RevokeAll(t.Context(), "jinho", "")) }
			}},
		{name: "two refreshes that come before the update make it a reuse", needs: needs, want: problem.InvalidToken, cause: ErrReused, ended: true,
			before: func(t *testing.T, f *fixture, p *Pair) {
				copied := *p
				f.store.beforeRotate = func() { f.refresh(t, f.refresh(t, copied)) }
			}},
		{name: "a session that changes between the update and the read", needs: needs, want: problem.Unavailable, cause: errMoved,
			before: func(_ *testing.T, f *fixture, _ *Pair) { f.Sessions.store = undecided{f.store} }},
	}, func(t *testing.T, row row) {
		f := newFixture()
		pair := f.open(t, "jinho")
		if row.before != nil {
			row.before(t, f, &pair)
		}
		next, err := f.Refresh(t.Context(), pair.RefreshToken)
		requireCode(t, row.want, err, "the client branches on the code")
		f.store.down = ""
		if row.ended {
			assert.Error(t, authenticated(t, f, pair), "the session must be over: an access token of it still works")
		} else {
			assert.NoError(t, authenticated(t, f, pair), "nobody stole anything: the session must go on")
		}
		if row.want != "" {
			assert.ErrorIs(t, err, row.cause, "the log must say why")
			next.Session = Session{} // which is for the audit log
			assert.Empty(t, next, "a refresh that failed must hand out nothing")
			return
		}
		assert.NotEqual(t, pair.RefreshToken, next.RefreshToken, "the token must have moved on")
		after := f.refresh(t, next) // which only works if the store moved on with it
		assert.NoError(t, authenticated(t, f, after), "and the session goes on")
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

func TestSessions_Refresh_lifetimes(t *testing.T) {
	type row struct {
		name    string
		needs   []string
		waits   []time.Duration // a refresh after each
		refresh time.Duration   // how long the last refresh token lives
		access  time.Duration   // and the access token
	}
	needs := []string{"3.1", "3.3", "3.4"}
	exercise.SynctestRows(t, "3.8", []row{
		{"a refresh starts the idle limit again", needs, []time.Duration{day}, IdleLimit, AccessTTL},
		{"the absolute limit stays", needs, []time.Duration{13 * day, 13 * day}, 4 * day, AccessTTL},
		{
			"the last access token ends with the session", needs,
			[]time.Duration{13 * day, 13 * day, 4*day - time.Minute}, time.Minute, time.Minute,
		},
	}, func(t *testing.T, row row) {
		f := newFixture()
		pair := f.open(t, "jinho")
		for _, wait := range row.waits {
			<-time.After(wait)
			pair = f.refresh(t, pair)
		}
		assert.Equal(t, row.refresh, pair.RefreshTTL, "the cookie must last as long as the session, and no longer")
		<-time.After(row.access - time.Second)
		require.NoError(t, authenticated(t, f, pair), "in the access token's last second")
		<-time.After(time.Second)
		assert.ErrorIs(t, authenticated(t, f, pair), ErrExpired, "and after it")
	})
}

func TestSessions_Refresh_inTheGraceGivesAFreshAccessToken(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4", "3.7", "3.8")
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		first := f.open(t, "jinho")
		f.refresh(t, first)
		<-time.After(Grace)
		again := f.refresh(t, first)
		assert.Equal(t, IdleLimit-Grace, again.RefreshTTL, "the session was rotated once, half a minute ago")
		<-time.After(AccessTTL - time.Second)
		assert.NoError(t, authenticated(t, f, again), "its time counts from now and not from the rotation")
	})
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
	after := f.refresh(t, renewed) // the successor is under the new key alone
	assert.NoError(t, authenticated(t, f, after), "and the session goes on")
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
	after := f.refresh(t, answers[0].Pair)
	assert.NoError(t, authenticated(t, f, after), "and the session goes on")
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

func TestSessions_Refresh_asksOnTheRequestsContext(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4", "3.7", "3.8")
	f := newFixture()
	pair := f.open(t, "jinho")
	ctx := f.hangUpAtTheStore(t)
	_, err := f.Refresh(ctx, pair.RefreshToken)
	assert.ErrorIs(t, err, context.Canceled, "a client who has gone must not spend the token")
}

// Servers share the clock of their store. This server's own is an hour behind it.
func TestSessions_Refresh_datesByTheStoresClock(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4", "3.7", "3.8")
	f := newFixture()
	f.Sessions.store = hourAhead{f.store}
	pair := f.open(t, "jinho")
	assert.Equal(t, IdleLimit, pair.RefreshTTL, "a log-in: the cookie lasts as long as the session")
	pair = f.refresh(t, pair)
	assert.Equal(t, IdleLimit, pair.RefreshTTL, "and after a refresh")
	claims, err := f.jwt.Verify(pair.AccessToken)
	require.NoError(t, err)
	assert.WithinDuration(t, time.Now().Add(time.Hour), claims.IssuedAt, time.Minute, "the access token too")
}

// hourAhead is a store whose clock is an hour ahead of this server's.
type hourAhead struct{ Store }

func (h hourAhead) shift(s Session) Session {
	for _, at := range []*time.Time{&s.Created, &s.Rotated, &s.Expires} {
		*at = at.Add(time.Hour)
	}
	return s
}

func (h hourAhead) Open(ctx context.Context, id, userID string, version int64, from Client, l Limits) (
	Session, []string, error,
) {
	opened, displaced, err := h.Store.Open(ctx, id, userID, version, from, l)
	return h.shift(opened), displaced, err
}

func (h hourAhead) Rotate(ctx context.Context, id string, generation int64, l Limits) (Snapshot, bool, error) {
	found, moved, err := h.Store.Rotate(ctx, id, generation, l)
	found.Session, found.Now = h.shift(found.Session), found.Now.Add(time.Hour)
	return found, moved, err
}
