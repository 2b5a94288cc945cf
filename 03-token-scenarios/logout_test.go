package tokens

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSessions_LogOut(t *testing.T) {
	type row struct {
		name    string
		needs   []string
		present func(t *testing.T, f *fixture, phone, laptop Pair) []string
		phone   error // of the phone's session afterwards
		laptop  error
		want    problem.Code
	}
	needs := []string{"3.1", "3.3", "3.4"}
	exercise.SynctestRows(t, "3.10", []row{
		{name: "a refresh token ends its session", needs: needs, phone: ErrRevoked,
			present: func(_ *testing.T, _ *fixture, phone, _ Pair) []string { return []string{phone.RefreshToken} }},
		{name: "so does an access token", needs: needs, phone: ErrRevoked,
			present: func(_ *testing.T, _ *fixture, phone, _ Pair) []string { return []string{phone.AccessToken} }},
		{name: "an expired one too", needs: needs, phone: ErrRevoked,
			present: func(_ *testing.T, _ *fixture, phone, _ Pair) []string {
				<-time.After(AccessTTL)
				return []string{phone.AccessToken}
			}},
		{name: "and a refresh token that was exchanged", needs: append(needs, "3.7", "3.8"), phone: ErrRevoked,
			present: func(t *testing.T, f *fixture, phone, _ Pair) []string {
				f.refresh(t, f.refresh(t, phone))
				return []string{phone.RefreshToken}
			}},
		{name: "two tokens end two sessions", needs: needs, phone: ErrRevoked, laptop: ErrRevoked,
			present: func(_ *testing.T, _ *fixture, phone, laptop Pair) []string {
				return []string{phone.RefreshToken, laptop.AccessToken}
			}},
		{name: "garbage does not keep the next token from counting", needs: needs, phone: ErrRevoked,
			present: func(_ *testing.T, _ *fixture, phone, _ Pair) []string { return []string{"garbage", phone.RefreshToken} }},
		{name: "twice is no error", needs: needs, phone: ErrRevoked,
			present: func(_ *testing.T, _ *fixture, phone, _ Pair) []string {
				return []string{phone.RefreshToken, phone.AccessToken}
			}},
		{name: "nothing ends nothing", needs: needs,
			present: func(*testing.T, *fixture, Pair, Pair) []string { return nil }},
		{name: "tampered tokens end nothing", needs: needs,
			present: func(_ *testing.T, _ *fixture, phone, laptop Pair) []string {
				return []string{tamper(phone.RefreshToken), tamper(laptop.AccessToken)}
			}},
		{name: "a store that can't answer must not be taken for a log-out", needs: needs, want: problem.Unavailable,
			present: func(_ *testing.T, f *fixture, phone, _ Pair) []string {
				f.store.down = "Revoke"
				return []string{phone.RefreshToken}
			}},
	}, func(t *testing.T, row row) {
		f := newFixture()
		phone, laptop := f.open(t, "jinho"), f.open(t, "jinho")
		_, err := f.LogOut(t.Context(), row.present(t, f, phone, laptop)...)
		requireCode(t, row.want, err, "log-out fails only where the store does")
		f.store.down, f.jwt = "", ageless{f.jwt} // an expired token shows its session too
		why := "%s afterwards: log-out ends each session that was presented, and no other"
		assert.ErrorIs(t, authenticated(t, f, phone), row.phone, why, "the phone")
		assert.ErrorIs(t, authenticated(t, f, laptop), row.laptop, why, "the laptop")
	})
}

// authenticated is the answer to the pair's access token.
func authenticated(t *testing.T, f *fixture, p Pair) error {
	_, err := f.Authenticate(t.Context(), p.AccessToken)
	return err
}

func TestSessions_LogOut_ofTwoOneCantBeEnded(t *testing.T) {
	exercise.Needs(t, "3.1", "3.10")
	f := newFixture()
	phone, laptop := f.open(t, "jinho"), f.open(t, "jinho")
	f.store.down = "Revoke " + phone.Session.ID
	_, err := f.LogOut(t.Context(), phone.RefreshToken, laptop.RefreshToken)
	requireCode(t, problem.Unavailable, err, "the phone is still logged in, whatever became of the laptop")
}

func TestSessions_LogOut_thoughTheClientHangsUp(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4", "3.10")
	f := newFixture()
	pair := f.open(t, "jinho")
	ctx, hangUp := context.WithCancel(t.Context())
	hangUp()
	named, err := f.LogOut(ctx, pair.RefreshToken)
	require.NoError(t, err)
	require.Len(t, named, 1)
	assert.Equal(t, "jinho", named[0].UserID, "the audit log must say who it was, though the client has gone")
	assert.ErrorIs(t, authenticated(t, f, pair), ErrRevoked, "people close the tab after the click")
}

func TestSessions_LogOut_racingARefresh(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4", "3.7", "3.8", "3.10")
	synctest.Test(t, func(t *testing.T) {
		f := newFixture()
		for range 50 {
			pair := f.open(t, "jinho")
			f.refresh(t, pair) // so that pair is in its grace
			answers := parallel(8, func() (Pair, error) {
				got, err := f.Refresh(t.Context(), pair.RefreshToken)
				if err == nil {
					_, err = f.LogOut(t.Context(), pair.RefreshToken)
				}
				return got, err
			})
			// Those that came after the log-out got nothing; the first came before.
			got := slices.DeleteFunc(answers, func(o outcome) bool { return o.AccessToken == "" })
			require.NotEmpty(t, got, "the grace must hold until the log-out")
			for _, a := range got {
				require.ErrorIs(t, authenticated(t, f, a.Pair), ErrRevoked, "nothing may work after a log-out has answered")
				_, err := f.Refresh(t.Context(), a.RefreshToken)
				require.ErrorIs(t, err, ErrRevoked, "nothing may work after a log-out has answered")
			}
		}
	})
}

func TestSessions_LogOutAll(t *testing.T) {
	exercise.Needs(t, "3.1", "3.3", "3.4")
	f := newFixture()
	phone, laptop, other := f.open(t, "jinho"), f.open(t, "jinho"), f.open(t, "minsu")
	f.store.down = "RevokeAll"
	assert.Equal(t, problem.Unavailable, code(f.LogOutAll(t.Context(), "jinho")), "or a stolen session stays, unnoticed")
	f.store.down = ""
	ctx, hangUp := context.WithCancel(t.Context())
	hangUp()
	require.NoError(t, f.LogOutAll(ctx, "jinho"), "it must happen though the client has gone")
	assert.ErrorIs(t, authenticated(t, f, phone), ErrRevoked, "the device that asked")
	assert.ErrorIs(t, authenticated(t, f, laptop), ErrRevoked, "every other device of the person")
	assert.NoError(t, authenticated(t, f, other), "other people stay logged in")
}
