package tokens

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// ErrNoUser is what the users function of a [MemoryStore] returns for an id
// that no user has.
var ErrNoUser = errors.New("tokens: no such user")

// MemoryStore is a [Store] in memory, for tests and for trying things out. It
// forgets everything when the process ends.
type MemoryStore struct {
	// Now is the store's clock. Nil is this machine's. Set it before the first use.
	Now func() time.Time

	users func(ctx context.Context, id string) (User, error)

	mu       sync.Mutex
	sessions map[string]memorySession
}

type memorySession struct {
	Listed
	revokedAt time.Time
}

// NewMemoryStore returns an empty store. It asks users for the person behind a
// session; users returns ErrNoUser for an unknown id and any other error where
// it can't answer. The store never calls it while it holds its own lock, so
// users may lock too, and may call the store.
func NewMemoryStore(users func(ctx context.Context, id string) (User, error)) *MemoryStore {
	return &MemoryStore{users: users, sessions: map[string]memorySession{}}
}

// clock returns the store's time.
func (m *MemoryStore) clock() time.Time {
	if m.Now == nil {
		return time.Now()
	}
	return m.Now()
}

// Open implements [Store]. It adds the session first and looks at the user
// then: a password change that comes before the look is seen, and one that
// comes after it finds the session to end.
func (m *MemoryStore) Open(
	ctx context.Context, id, userID string, passwordVersion int64, from Client, limits Limits,
) (opened Session, displaced []string, err error) {
	now := m.clock()
	session := Session{ID: id, UserID: userID, Created: now, Rotated: now, Expires: limits.Expiry(now, now)}
	m.put(Listed{session, from})
	user, err := m.users(ctx, userID)
	if err == nil && !user.Disabled && user.PasswordVersion == passwordVersion {
		return session, m.displace(session), nil
	}
	m.remove(id)
	if err == nil || errors.Is(err, ErrNoUser) {
		return Session{}, nil, ErrUserChanged
	}
	return Session{}, nil, err
}

// displace ends the sessions of the user that are too many beside the one that
// was opened.
func (m *MemoryStore) displace(opened Session) (ids []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var others []Session
	room := MaxSessions
	for _, s := range m.live(opened.UserID) {
		if s.ID == opened.ID {
			room-- // unless another log-in displaced it meanwhile
			continue
		}
		others = append(others, s.Session)
	}
	if len(others) <= room {
		return nil
	}
	ids = longestUnused(others, room)
	for _, id := range ids {
		m.end(id)
	}
	return ids
}

// Load implements [Store].
func (m *MemoryStore) Load(ctx context.Context, id string) (Snapshot, error) {
	session, ok := m.get(id)
	if !ok {
		return Snapshot{}, ErrNoSession
	}
	user, err := m.users(ctx, session.UserID)
	if errors.Is(err, ErrNoUser) {
		return Snapshot{}, ErrNoSession
	}
	if err != nil {
		return Snapshot{}, err
	}
	return Snapshot{Session: session, User: user, Now: m.clock()}, nil
}

// Rotate implements [Store].
func (m *MemoryStore) Rotate(ctx context.Context, id string, generation int64, limits Limits) (Snapshot, bool, error) {
	found, err := m.Load(ctx, id)
	if err != nil {
		return Snapshot{}, false, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	row, ok := m.sessions[id]
	if !ok {
		return Snapshot{}, false, ErrNoSession
	}
	found.Session, found.Now = row.Session, m.clock()
	if row.Generation != generation || !row.live(found.Now) || found.User.Disabled {
		return found, false, nil
	}
	row.Generation++
	row.Rotated, row.Expires = found.Now, limits.Expiry(row.Created, found.Now)
	m.sessions[id] = row
	found.Session = row.Session
	return found, true, nil
}

// Revoke implements [Store].
func (m *MemoryStore) Revoke(_ context.Context, id string) error {
	m.revoke(func(s Session) bool { return s.ID == id })
	return nil
}

// Renew moves a live session on by RenewBy. It is no part of [Store]: in a database
// it belongs to the change of the password, which ends the other sessions too.
func (m *MemoryStore) Renew(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	row, now := m.sessions[id], m.clock()
	if row.live(now) {
		row.Generation, row.Rotated = row.Generation+RenewBy, now
		m.sessions[id] = row
	}
}

// RevokeOwn implements [Store].
func (m *MemoryStore) RevokeOwn(_ context.Context, userID, id string) error {
	now := m.clock()
	if m.revoke(func(s Session) bool { return s.ID == id && s.UserID == userID && now.Before(s.Expires) }) == 0 {
		return ErrNoSession
	}
	return nil
}

// RevokeAll implements [Store].
func (m *MemoryStore) RevokeAll(_ context.Context, userID, except string) error {
	m.revoke(func(s Session) bool { return s.UserID == userID && s.ID != except })
	return nil
}

// List implements [Store].
func (m *MemoryStore) List(_ context.Context, userID string) ([]Listed, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	list := m.live(userID)
	slices.SortFunc(list, func(a, b Listed) int {
		return cmp.Or(b.Created.Compare(a.Created), cmp.Compare(a.ID, b.ID))
	})
	return list[:min(len(list), MaxSessions)], nil
}

// DeleteExpired implements [Store].
func (m *MemoryStore) DeleteExpired(_ context.Context, keep time.Duration, limit int) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	deleted, before := 0, m.clock().Add(-keep)
	for id, row := range m.sessions {
		if deleted < limit && !row.over().After(before) {
			delete(m.sessions, id)
			deleted++
		}
	}
	return deleted, nil
}

func (s memorySession) live(now time.Time) bool { return !s.Revoked && now.Before(s.Expires) }

// over is when the session ended or will end.
func (s memorySession) over() time.Time {
	if s.Revoked {
		return earlier(s.revokedAt, s.Expires)
	}
	return s.Expires
}

func (m *MemoryStore) put(s Listed) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sessions[s.ID] = memorySession{Listed: s}
}

func (m *MemoryStore) get(id string) (Session, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	row, ok := m.sessions[id]
	return row.Session, ok
}

func (m *MemoryStore) remove(id string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.sessions, id)
}

// revoke ends the sessions that match, and returns how many had not ended.
func (m *MemoryStore) revoke(match func(Session) bool) (ended int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for id, row := range m.sessions {
		if match(row.Session) && !row.Revoked {
			m.end(id)
			ended++
		}
	}
	return ended
}

// end revokes a session that has not ended. The lock must be held.
func (m *MemoryStore) end(id string) {
	row := m.sessions[id]
	row.Revoked, row.revokedAt = true, m.clock()
	m.sessions[id] = row
}

// live returns the user's live sessions. The lock must be held.
func (m *MemoryStore) live(userID string) (list []Listed) {
	now := m.clock()
	for _, row := range m.sessions {
		if row.UserID == userID && row.live(now) {
			list = append(list, row.Listed)
		}
	}
	return list
}
