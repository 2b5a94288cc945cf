package accounts

import (
	"context"
	"slices"
	"sync"
	"time"
)

// MemoryStore is a [Store] and a [ThrottleStore] in memory, for tests and for a
// first look.
type MemoryStore struct {
	// Now is the clock of the throttle. Nil is this machine's. Set it before the
	// first use.
	Now func() time.Time

	endSessions func(userID string, kept Kept)

	mu       sync.Mutex
	users    map[string]User   // by ID
	ids      map[string]string // ID by UsernameKey
	failures map[string]failure
}

// failure is a row of the throttle.
type failure struct {
	count        int
	opened, last time.Time
}

// NewMemoryStore returns an empty store. It calls endSessions when a user's
// sessions must end: all but the one kept. It does so after the change and
// before the method returns, and not under its lock: the sessions' store may ask
// this one about users.
func NewMemoryStore(endSessions func(userID string, kept Kept)) *MemoryStore {
	return &MemoryStore{
		endSessions: endSessions,
		users:       map[string]User{},
		ids:         map[string]string{},
		failures:    map[string]failure{},
	}
}

// Create implements [Store].
func (m *MemoryStore) Create(_ context.Context, u User) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, taken := m.ids[u.UsernameKey]; taken {
		return ErrUsernameTaken
	}
	u.Roles = slices.Clone(u.Roles)
	m.ids[u.UsernameKey] = u.ID
	m.users[u.ID] = u
	return nil
}

// ByKey implements [Store].
func (m *MemoryStore) ByKey(_ context.Context, usernameKey string) (User, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.get(m.ids[usernameKey])
}

// ByID implements [Store].
func (m *MemoryStore) ByID(_ context.Context, id string) (User, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.get(id)
}

// Rehash implements [Store].
func (m *MemoryStore) Rehash(_ context.Context, id string, version int64, hash string) error {
	return m.change(m.hasVersion(id, version), func(u *User) error {
		u.PasswordHash = hash
		return nil
	})
}

// ChangePassword implements [Store].
func (m *MemoryStore) ChangePassword(_ context.Context, id string, version int64, hash string, kept Kept) error {
	err := m.change(m.hasVersion(id, version), func(u *User) error {
		u.PasswordHash = hash
		u.PasswordVersion++
		return nil
	})
	if err == nil {
		m.endSessions(id, kept)
	}
	return err
}

// SetRoles implements [Store].
func (m *MemoryStore) SetRoles(_ context.Context, usernameKey string, roles []string) (User, error) {
	var after User
	err := m.change(m.hasKey(usernameKey), func(u *User) error {
		if m.onlyAdmin(*u) && !slices.Contains(roles, RoleAdmin) {
			return ErrLastAdmin
		}
		u.Roles = slices.Clone(roles)
		after = *u
		return nil
	})
	after.Roles = slices.Clone(after.Roles)
	return after, err
}

// SetDisabled disables a user, which ends all sessions, or enables one again:
// ErrNoUser, and ErrLastAdmin if no enabled administrator would be left.
func (m *MemoryStore) SetDisabled(_ context.Context, usernameKey string, disabled bool) error {
	var id string
	err := m.change(m.hasKey(usernameKey), func(u *User) error {
		if disabled && m.onlyAdmin(*u) {
			return ErrLastAdmin
		}
		u.Disabled = disabled
		if disabled {
			u.PasswordVersion++
		}
		id = u.ID
		return nil
	})
	if err == nil && disabled {
		m.endSessions(id, Kept{})
	}
	return err
}

// Delete implements [Store].
func (m *MemoryStore) Delete(_ context.Context, id string, version int64) error {
	err := m.remove(id, version)
	if err == nil {
		m.endSessions(id, Kept{})
	}
	return err
}

func (m *MemoryStore) remove(id string, version int64) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	u, err := m.hasVersion(id, version)()
	if err != nil {
		return err
	}
	if m.onlyAdmin(u) {
		return ErrLastAdmin
	}
	delete(m.users, id)
	delete(m.ids, u.UsernameKey)
	return nil
}

// change applies f to the user that find returns, in one step.
func (m *MemoryStore) change(find func() (User, error), f func(*User) error) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	u, err := find()
	if err != nil {
		return err
	}
	if err := f(&u); err != nil {
		return err
	}
	m.users[u.ID] = u
	return nil
}

// hasKey finds the user with the folded name.
func (m *MemoryStore) hasKey(usernameKey string) func() (User, error) {
	return func() (User, error) { return m.get(m.ids[usernameKey]) }
}

// hasVersion finds the user if the password has this version.
func (m *MemoryStore) hasVersion(id string, version int64) func() (User, error) {
	return func() (User, error) {
		u, err := m.get(id)
		if err == nil && u.PasswordVersion != version {
			return User{}, ErrPasswordChanged
		}
		return u, err
	}
}

// get returns a copy: its roles are not the stored slice.
func (m *MemoryStore) get(id string) (User, error) {
	u, ok := m.users[id]
	if !ok {
		return User{}, ErrNoUser
	}
	u.Roles = slices.Clone(u.Roles)
	return u, nil
}

// onlyAdmin reports whether the user is an enabled administrator and no other
// user is one.
func (m *MemoryStore) onlyAdmin(u User) bool {
	if !isAdmin(u) {
		return false
	}
	for id, other := range m.users {
		if id != u.ID && isAdmin(other) {
			return false
		}
	}
	return true
}

func isAdmin(u User) bool {
	return !u.Disabled && slices.Contains(u.Roles, RoleAdmin)
}
