package accounts

import (
	"context"
	"time"
)

// Failures implements [ThrottleStore].
func (m *MemoryStore) Failures(_ context.Context, keys ...string) (map[string]Failures, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found, now := map[string]Failures{}, clock(m.Now)
	for _, key := range keys {
		if f, ok := m.failures[key]; ok {
			found[key] = Failures{Count: f.count, SinceLast: now.Sub(f.last), SinceOpen: now.Sub(f.opened)}
		}
	}
	return found, nil
}

// AddFailure implements [ThrottleStore].
func (m *MemoryStore) AddFailure(_ context.Context, key string, window time.Duration) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.addFailure(key, window)
	return nil
}

// AddFailureTo implements [ThrottleStore].
func (m *MemoryStore) AddFailureTo(_ context.Context, key string, count int, window time.Duration) (bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if f, ok := m.failures[key]; !ok || f.count != count {
		return false, nil
	}
	m.addFailure(key, window)
	return true, nil
}

// addFailure must be called with mu held.
func (m *MemoryStore) addFailure(key string, window time.Duration) {
	f, now := m.failures[key], clock(m.Now)
	if now.Sub(f.opened) > window {
		f = failure{opened: now}
	}
	f.count++
	f.last = now
	m.failures[key] = f
}

// Forget implements [ThrottleStore].
func (m *MemoryStore) Forget(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.failures, key)
	return nil
}

// DeleteOldFailures implements [ThrottleStore].
func (m *MemoryStore) DeleteOldFailures(_ context.Context, age time.Duration, limit int) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	deleted, now := 0, clock(m.Now)
	for key, f := range m.failures {
		if deleted == limit {
			break
		}
		if now.Sub(f.last) > age {
			delete(m.failures, key)
			deleted++
		}
	}
	return deleted, nil
}
