package accounts

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var _ interface {
	Store
	ThrottleStore
} = (*MemoryStore)(nil)

func TestMemoryStore_oneOfTwentyCreates(t *testing.T) {
	store := NewMemoryStore(nil)
	var won atomic.Int64
	var wait sync.WaitGroup
	for i := range 20 {
		wait.Go(func() {
			err := store.Create(t.Context(), User{ID: fmt.Sprint(i), UsernameKey: "jin ho"})
			if err == nil {
				won.Add(1)
			} else {
				assert.ErrorIs(t, err, ErrUsernameTaken)
			}
		})
	}
	wait.Wait()
	assert.EqualValues(t, 1, won.Load(), "a name is one person")
}

func TestMemoryStore_handsOutCopies(t *testing.T) {
	store := NewMemoryStore(nil)
	roles := []string{RoleUser}
	require.NoError(t, store.Create(t.Context(), User{ID: "1", UsernameKey: "a", Roles: roles}))
	roles[0] = RoleAdmin
	got, err := store.ByKey(t.Context(), "a")
	require.NoError(t, err)
	assert.Equal(t, []string{RoleUser}, got.Roles, "a caller's slice is not the store's")
	got.Roles[0] = RoleAdmin
	got, err = store.ByID(t.Context(), "1")
	require.NoError(t, err)
	assert.Equal(t, []string{RoleUser}, got.Roles, "nor the other way round")
}

func TestMemoryStore_refuses(t *testing.T) {
	rows := []struct {
		name string
		do   func(*testing.T, *MemoryStore) error
		want error
	}{
		{"a password that changed: rehash", func(t *testing.T, m *MemoryStore) error { return m.Rehash(t.Context(), "u", 1, "h") }, ErrPasswordChanged},
		{"a password that changed: change", func(t *testing.T, m *MemoryStore) error { return m.ChangePassword(t.Context(), "u", 1, "h", Kept{}) }, ErrPasswordChanged},
		{"a password that changed: delete", func(t *testing.T, m *MemoryStore) error { return m.Delete(t.Context(), "u", 1) }, ErrPasswordChanged},
		{"nobody: rehash", func(t *testing.T, m *MemoryStore) error { return m.Rehash(t.Context(), "x", 0, "h") }, ErrNoUser},
		{"nobody: change", func(t *testing.T, m *MemoryStore) error { return m.ChangePassword(t.Context(), "x", 0, "h", Kept{}) }, ErrNoUser},
		{"nobody: delete", func(t *testing.T, m *MemoryStore) error { return m.Delete(t.Context(), "x", 0) }, ErrNoUser},
		{"nobody: roles", func(t *testing.T, m *MemoryStore) error {
			_, err := m.SetRoles(t.Context(), "x", []string{RoleUser})
			return err
		}, ErrNoUser},
		{"nobody: disable", func(t *testing.T, m *MemoryStore) error { return m.SetDisabled(t.Context(), "x", true) }, ErrNoUser},
		{"the last administrator: roles", func(t *testing.T, m *MemoryStore) error {
			_, err := m.SetRoles(t.Context(), "admin", []string{RoleUser})
			return err
		}, ErrLastAdmin},
		{"the last administrator: delete", func(t *testing.T, m *MemoryStore) error { return m.Delete(t.Context(), "a", 0) }, ErrLastAdmin},
		{"the last administrator: disable", func(t *testing.T, m *MemoryStore) error { return m.SetDisabled(t.Context(), "admin", true) }, ErrLastAdmin},
		{"the last that is enabled", func(t *testing.T, m *MemoryStore) error {
			_, err := m.SetRoles(t.Context(), "user", []string{RoleAdmin})
			require.NoError(t, err)
			require.NoError(t, m.SetDisabled(t.Context(), "user", true))
			return m.Delete(t.Context(), "a", 0)
		}, ErrLastAdmin},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			var ended []string
			m := NewMemoryStore(func(id string, kept Kept) { ended = append(ended, fmt.Sprint(id, kept)) })
			user := User{ID: "u", UsernameKey: "user", PasswordHash: "old", Roles: []string{RoleUser}}
			require.NoError(t, m.Create(t.Context(), user))
			require.NoError(t, m.Create(t.Context(), User{ID: "a", UsernameKey: "admin", Roles: []string{RoleAdmin}}))
			assert.ErrorIs(t, r.do(t, m), r.want)
			u, err := m.ByID(t.Context(), "u")
			require.NoError(t, err)
			assert.Equal(t, "old", u.PasswordHash, "a refusal changes nothing")
			a, err := m.ByID(t.Context(), "a")
			require.NoError(t, err)
			assert.True(t, isAdmin(a), "the administrator stays one")
			assert.NotContains(t, ended, "a{ false}", "and stays logged in")
		})
	}
}

func TestMemoryStore_endsSessions(t *testing.T) {
	var ended []string
	m := NewMemoryStore(func(id string, kept Kept) { ended = append(ended, fmt.Sprint(id, kept)) })
	require.NoError(t, m.Create(t.Context(), User{ID: "u", UsernameKey: "user"}))
	require.NoError(t, m.Rehash(t.Context(), "u", 0, "h"))
	assert.Empty(t, ended, "the password is still the same")
	require.NoError(t, m.ChangePassword(t.Context(), "u", 0, "h", Kept{"keep", true}))
	require.NoError(t, m.SetDisabled(t.Context(), "user", true))
	require.NoError(t, m.SetDisabled(t.Context(), "user", false))
	require.NoError(t, m.Delete(t.Context(), "u", 2), "disabling has raised the version")
	assert.Equal(t, []string{"u{keep true}", "u{ false}", "u{ false}"}, ended)
	require.NoError(t, m.Create(t.Context(), User{ID: "v", UsernameKey: "user"}), "the name is free again")
}
