package accounts

import (
	"cmp"
	"crypto/rand"
	"net/http"
	"time"

	"example.com/authbook/internal/problem"
)

func (m *model) logIn(r *http.Request) (int, any, error) {
	in, err := readModelRequest(r, "username", "password")
	if err != nil {
		return 0, nil, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	u, err := m.prove(r, in.text["username"], in.text["password"])
	if err != nil {
		return 0, nil, err
	}
	token := rand.Text()
	m.tokens[token] = u
	return 200, map[string]string{"token": token}, nil
}

// prove returns the user whose password this is, and throttles.
func (m *model) prove(r *http.Request, username, password string) (*modelUser, error) {
	_, key := m.names(username)
	u := m.users[key]
	if m.has("finds-users-by-their-password") {
		u = m.byPassword(password)
	}
	if u == nil && m.has("tells-unknown-from-wrong") {
		return nil, problem.New(problem.NotFound, "")
	}
	if u == nil && m.has("throttles-only-names-that-exist") {
		return nil, problem.New(problem.InvalidCredentials, "")
	}
	account, pair := m.failuresOf(cmp.Or(key, username), r.RemoteAddr, username)
	if wait := max(account.budget(), pair.backoff()); wait > 0 && !m.has("never-throttles") {
		if m.has("waiting-starts-anew-with-each-attempt") {
			pair.add(24 * time.Hour)
		}
		return nil, problem.RetryLater(problem.TooManyRequests, wait, nil)
	}
	if u == nil || (u.hash != m.hash(password) && !m.has("never-compares-the-password")) {
		account.add(time.Hour)
		pair.add(24 * time.Hour)
		return nil, problem.New(problem.InvalidCredentials, "")
	}
	if !m.has("never-forgets-a-failure") {
		*pair = modelFailures{}
	}
	return u, nil
}

// byPassword is a user with this password, nil if there is none.
func (m *model) byPassword(password string) *modelUser {
	for _, u := range m.users {
		if u.hash == m.hash(password) {
			return u
		}
	}
	return nil
}

// failuresOf returns the failures on the account, and those from this address.
func (m *model) failuresOf(key, address, typed string) (account, pair *modelFailures) {
	if m.has("counts-each-spelling-apart") {
		key = typed
	}
	if m.has("locks-the-owner-out-with-the-guesser") {
		address = ""
	}
	for _, k := range []string{key, key + "\x00" + address} {
		if m.failures[k] == nil {
			m.failures[k] = &modelFailures{}
		}
	}
	return m.failures[key], m.failures[key+"\x00"+address]
}

// add counts a failure. Those of an earlier window no longer count.
func (f *modelFailures) add(window time.Duration) {
	now := time.Now()
	if now.Sub(f.opened) > window {
		*f = modelFailures{opened: now}
	}
	f.count++
	f.last = now
}

// backoff is how long one address must wait: five failures are free, then 1 s
// doubling, at most 5 min.
func (f *modelFailures) backoff() time.Duration {
	if f.count <= 5 {
		return 0
	}
	return min(time.Second<<min(f.count-6, 9), 5*time.Minute) - time.Since(f.last)
}

// budget is how long an account with 100 failures must wait.
func (f *modelFailures) budget() time.Duration {
	if f.count < 100 {
		return 0
	}
	return time.Hour - time.Since(f.opened)
}
