package tokens

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The store is given code. It runs through no exercise, and its tests neither.

// testLimits is short, so that the absolute limit shows.
var testLimits = Limits{Idle: 2 * time.Hour, Absolute: 3 * time.Hour}

func newTestStore() (*MemoryStore, *people) {
	p := newPeople()
	return NewMemoryStore(p.find), p
}

func mustOpen(t *testing.T, m *MemoryStore, id, userID string) Session {
	t.Helper()
	s, _, err := m.Open(t.Context(), id, userID, 0, Client{}, testLimits)
	require.NoError(t, err)
	return s
}

func TestMemoryStore_Open(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, _ := newTestStore()
		now := time.Now()
		want := Session{ID: "S", UserID: "jinho", Created: now, Rotated: now, Expires: now.Add(2 * time.Hour)}
		assert.Equal(t, want, mustOpen(t, m, "S", "jinho"))
		found, err := m.Load(t.Context(), "S")
		require.NoError(t, err)
		assert.Equal(t, want, found.Session)
		assert.Equal(t, "JIN HO", found.User.Username)
		assert.Equal(t, now, found.Now)
	})
}

func TestMemoryStore_Open_refusesAUserWhoChanged(t *testing.T) {
	rows := []struct {
		name, userID string
		version      int64
		edit         func(*User)
		want         error
	}{
		{name: "another password", userID: "jinho", version: 1, want: ErrUserChanged},
		{name: "disabled", userID: "jinho", edit: func(u *User) { u.Disabled = true }, want: ErrUserChanged},
		{name: "gone", userID: "nobody", want: ErrUserChanged},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			m, p := newTestStore()
			if row.edit != nil {
				p.change(row.userID, row.edit)
			}
			_, _, err := m.Open(t.Context(), "S", row.userID, row.version, Client{}, testLimits)
			require.ErrorIs(t, err, row.want)
			_, err = m.Load(t.Context(), "S")
			assert.ErrorIs(t, err, ErrNoSession, "no session may be left behind")
		})
	}
}

// A log-in races a password change: either Open sees the change, or the change
// finds the session to end. Here the change comes at the worst moment, right
// after the look at the user.
func TestMemoryStore_Open_racingAPasswordChange(t *testing.T) {
	p := newPeople()
	var m *MemoryStore
	m = NewMemoryStore(func(ctx context.Context, id string) (User, error) {
		user, err := p.find(ctx, id)
		return user, errors.Join(err, m.RevokeAll(ctx, id, "")) // the change, which ends every session
	})
	_, _, err := m.Open(t.Context(), "S", "jinho", 0, Client{}, testLimits)
	require.NoError(t, err)
	found, err := m.Load(t.Context(), "S")
	require.NoError(t, err)
	assert.True(t, found.Session.Revoked, "or the old password's session lives on")
}

func TestMemoryStore_usersThatCannotAnswer(t *testing.T) {
	m, p := newTestStore()
	mustOpen(t, m, "S", "jinho")
	m.users = func(context.Context, string) (User, error) { return User{}, errDown }
	_, _, err := m.Open(t.Context(), "T", "jinho", 0, Client{}, testLimits)
	require.ErrorIs(t, err, errDown)
	_, err = m.Load(t.Context(), "S")
	require.ErrorIs(t, err, errDown)
	_, _, err = m.Rotate(t.Context(), "S", 0, testLimits)
	require.ErrorIs(t, err, errDown)
	m.users = p.find
	_, err = m.Load(t.Context(), "T")
	require.ErrorIs(t, err, ErrNoSession, "a failed Open must leave nothing behind")
	found, err := m.Load(t.Context(), "S")
	require.NoError(t, err)
	assert.Zero(t, found.Session.Generation, "a failed Rotate must not rotate")
}

func TestMemoryStore_Renew(t *testing.T) {
	m, _ := newTestStore()
	mustOpen(t, m, "S", "jinho")
	m.Renew("S")
	found, err := m.Load(t.Context(), "S")
	require.NoError(t, err)
	assert.EqualValues(t, 2, found.Session.Generation, "with one the old token would have its grace, with more it leaps")
}

func TestMemoryStore_Rotate(t *testing.T) {
	rows := []struct {
		name       string
		before     func(*testing.T, *MemoryStore, *people)
		generation int64
		moved      bool
		after      int64 // generation
	}{
		{name: "moves from the generation it is at", moved: true, after: 1},
		{name: "not from one above", generation: 1},
		{name: "not from one below", after: 1, before: func(t *testing.T, m *MemoryStore, _ *people) {
			_, moved, err := m.Rotate(t.Context(), "S", 0, testLimits)
			require.NoError(t, err)
			require.True(t, moved)
		}},
		{name: "not when revoked", before: func(t *testing.T, m *MemoryStore, _ *people) {
			require.NoError(t, m.Revoke(t.Context(), "S"))
		}},
		{name: "not when expired", before: func(*testing.T, *MemoryStore, *people) { <-time.After(2 * time.Hour) }},
		{name: "in the last moment", moved: true, after: 1,
			before: func(*testing.T, *MemoryStore, *people) { <-time.After(2*time.Hour - 1) }},
		{name: "not for a disabled user", before: func(_ *testing.T, _ *MemoryStore, p *people) {
			p.change("jinho", func(u *User) { u.Disabled = true })
		}},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				m, p := newTestStore()
				opened := mustOpen(t, m, "S", "jinho")
				if row.before != nil {
					row.before(t, m, p)
				}
				found, moved, err := m.Rotate(t.Context(), "S", row.generation, testLimits)
				require.NoError(t, err)
				assert.Equal(t, row.moved, moved)
				assert.Equal(t, row.after, found.Session.Generation)
				again, err := m.Load(t.Context(), "S")
				require.NoError(t, err)
				assert.Equal(t, again, found, "the snapshot must show what is stored now")
				if row.moved {
					assert.Equal(t, time.Now(), found.Session.Rotated, "the grace counts from here")
					assert.Equal(t, testLimits.Expiry(opened.Created, time.Now()), found.Session.Expires)
				}
			})
		})
	}
}

func TestMemoryStore_Rotate_unknown(t *testing.T) {
	m, p := newTestStore()
	_, _, err := m.Rotate(t.Context(), "S", 0, testLimits)
	require.ErrorIs(t, err, ErrNoSession)
	mustOpen(t, m, "S", "jinho")
	p.remove("jinho")
	_, _, err = m.Rotate(t.Context(), "S", 0, testLimits)
	require.ErrorIs(t, err, ErrNoSession, "a session whose user is gone is none")
}

func TestMemoryStore_RevokeAll(t *testing.T) {
	m, _ := newTestStore()
	for _, id := range []string{"S1", "S2", "S3"} {
		mustOpen(t, m, id, "jinho")
	}
	mustOpen(t, m, "other", "minsu")
	require.NoError(t, m.RevokeAll(t.Context(), "jinho", "S2"))
	assert.Equal(t, []string{"S2"}, liveIDs(t, m, "jinho"))
	assert.Equal(t, []string{"other"}, liveIDs(t, m, "minsu"), "other people stay")
	require.NoError(t, m.RevokeAll(t.Context(), "jinho", ""))
	assert.Empty(t, liveIDs(t, m, "jinho"))
}

func TestMemoryStore_Revoke_isNoErrorForNothing(t *testing.T) {
	m, _ := newTestStore()
	require.NoError(t, m.Revoke(t.Context(), "NOSUCH"))
}

func TestMemoryStore_List(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, _ := newTestStore()
		for _, id := range []string{"expired", "revoked", "older", "newer"} {
			if id == "older" {
				<-time.After(time.Hour)
			}
			mustOpen(t, m, id, "jinho")
			<-time.After(time.Minute)
		}
		require.NoError(t, m.Revoke(t.Context(), "revoked"))
		<-time.After(time.Hour)
		assert.Equal(t, []string{"newer", "older"}, liveIDs(t, m, "jinho"), "only live ones, the newest first")
	})
}

func liveIDs(t *testing.T, m *MemoryStore, userID string) (ids []string) {
	t.Helper()
	list, err := m.List(t.Context(), userID)
	require.NoError(t, err)
	for _, s := range list {
		ids = append(ids, s.ID)
	}
	return ids
}

func TestMemoryStore_DeleteExpired(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, _ := newTestStore()
		remains := func(id string) bool {
			_, err := m.Load(t.Context(), id)
			return err == nil
		}
		deleted := func(limit int) int {
			n, err := m.DeleteExpired(t.Context(), 10*time.Minute, limit)
			require.NoError(t, err)
			return n
		}
		for _, id := range []string{"S1", "S2", "S3"} {
			mustOpen(t, m, id, "jinho")
		}
		require.NoError(t, m.Revoke(t.Context(), "S1"))
		assert.Zero(t, deleted(9), "its access tokens have not ended yet")
		<-time.After(10 * time.Minute)
		assert.Equal(t, 1, deleted(9))
		assert.False(t, remains("S1"), "revoked, and the time to keep it is over")
		assert.True(t, remains("S2"), "alive")
		<-time.After(2 * time.Hour)
		assert.Equal(t, 1, deleted(1), "no more than the limit")
		assert.Equal(t, 1, deleted(1))
		assert.Zero(t, deleted(1))
	})
}

func TestLimits_Expiry(t *testing.T) {
	assert.Equal(t, noon.Add(2*time.Hour), testLimits.Expiry(noon, noon), "the idle limit comes first")
	assert.Equal(t, noon.Add(3*time.Hour), testLimits.Expiry(noon, noon.Add(90*time.Minute)), "and then the absolute one")
}

func TestMemoryStore_goesByItsClock(t *testing.T) {
	m, _ := newTestStore()
	now := time.Date(2100, time.January, 1, 12, 0, 0, 0, time.UTC)
	m.Now = func() time.Time { return now }
	assert.Equal(t, now, mustOpen(t, m, "S", "jinho").Created)
	now = now.Add(testLimits.Idle)
	_, moved, err := m.Rotate(t.Context(), "S", 0, testLimits)
	require.NoError(t, err)
	assert.False(t, moved, "the idle limit is over on this clock")
}
