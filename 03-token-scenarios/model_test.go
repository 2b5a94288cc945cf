package tokens

import (
	"crypto/rand"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"example.com/authbook/internal/problem"
)

// model is a second implementation of the rules, written from the notes and not
// from the package: it keeps every token it gave out and looks it up. Without a
// flaw it is the reference that a table of scenarios must pass on. It uses
// nothing of the package but its constants, so it works while the package is
// blank.
type model struct {
	mu       sync.Mutex
	flaw     string
	tickets  map[string]*ticket
	lives    []*life
	disabled map[string]bool
	met      *atomic.Int64 // how often its flaw came into play
}

// ticket is a token that was given out.
type ticket struct {
	kind       string // "access" or "refresh"
	check      string // the token's second half, its signature
	life       *life
	generation int       // of a refresh token
	expires    time.Time // of an access token
}

// life is a session.
type life struct {
	user                     string
	generation               int
	opened, rotated, expires time.Time
	refresh                  string // the refresh token of this generation
	ended                    bool
}

func newModel(flaw string) func() implementation { return newObserved(flaw, new(atomic.Int64)) }

// newObserved is newModel for somebody who wants to know when the flaw comes into
// play.
func newObserved(flaw string, met *atomic.Int64) func() implementation {
	return func() implementation {
		return &model{flaw: flaw, tickets: map[string]*ticket{}, disabled: map[string]bool{}, met: met}
	}
}

func (m *model) has(flaw string) bool {
	if m.flaw == flaw {
		m.met.Add(1)
	}
	return m.flaw == flaw
}

// limit is one of the rules' limits, or a second beside it where the model has
// one of these flaws.
func (m *model) limit(d time.Duration, short, long string) time.Duration {
	switch {
	case m.has(short):
		return d - time.Second
	case m.has(long):
		return d + time.Second
	default:
		return d
	}
}

func (m *model) logIn(user string) answer {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.disabled[user] {
		return answer{code: problem.InvalidCredentials}
	}
	now := time.Now()
	l := &life{user: user, opened: now, rotated: now}
	l.expires = m.expiry(l, now)
	m.lives = append(m.lives, l)
	l.refresh = m.issueRefresh(l)
	return answer{access: m.issueAccess(l), refresh: l.refresh, cookie: cookieSet}
}

func (m *model) me(bearer string) answer {
	m.mu.Lock()
	defer m.mu.Unlock()
	t := m.find(bearer, m.has("never-checks-the-access-token-signature"))
	switch {
	case t == nil, t.kind != "access" && !m.has("takes-a-refresh-token-as-access-token"):
		return answer{code: problem.InvalidToken}
	case t.kind == "access" && !m.inTime(t) && m.has("calls-an-expired-token-invalid"):
		return answer{code: problem.InvalidToken}
	case t.kind == "access" && !m.inTime(t) && !m.has("renews-an-expired-access-token"):
		return answer{code: problem.TokenExpired}
	case t.life.ended && !m.has("log-out-forgets-the-access-token"):
		return answer{code: problem.InvalidToken}
	case m.disabled[t.life.user] && !m.has("a-disabled-user-stays-logged-in"):
		return answer{code: problem.InvalidToken}
	case m.has("mixes-users-up"):
		return answer{user: m.lives[0].user}
	default:
		return answer{user: t.life.user}
	}
}

func (m *model) refresh(cookie string) answer {
	m.mu.Lock()
	defer m.mu.Unlock()
	a := m.exchange(cookie)
	if a.code != "" && m.has("clears-the-cookie-when-a-refresh-fails") {
		a.cookie = cookieCleared
	}
	return a
}

func (m *model) exchange(cookie string) answer {
	t := m.find(cookie, m.has("never-checks-the-refresh-token-signature"))
	if t == nil && m.has("ends-the-session-on-a-tampered-token") {
		m.endAll(func(l *life) bool { return strings.HasPrefix(cookie, l.refresh[:5]) })
	}
	if t == nil || t.kind != "refresh" && !m.has("takes-an-access-token-as-refresh-token") {
		return answer{code: problem.InvalidToken}
	}
	l, now := t.life, time.Now()
	behind := l.generation - t.generation
	inGrace := m.inGrace(l, behind, now)
	switch {
	case l.ended && !m.has("log-out-forgets-the-refresh-token") && !(inGrace && m.has("grants-the-grace-after-log-out")):
		return answer{code: problem.InvalidToken}
	case m.disabled[l.user] && !m.has("a-disabled-user-still-refreshes"):
		return answer{code: problem.InvalidToken}
	case !now.Before(l.expires):
		return answer{code: problem.TokenExpired}
	case t.kind == "access" || behind == 0 || m.has("accepts-an-old-refresh-token"):
		return m.rotate(l, now)
	case inGrace && m.has("gives-a-second-successor"):
		return answer{access: m.issueAccess(l), refresh: m.issueRefresh(l), cookie: cookieSet}
	case inGrace && m.has("repeats-the-refresh-token-alone"):
		return answer{access: m.deadAccess(l), refresh: l.refresh, cookie: cookieSet}
	case inGrace:
		return answer{access: m.issueAccess(l), refresh: l.refresh, cookie: cookieSet}
	default:
		l.ended = !m.has("refuses-the-old-token-but-keeps-the-session")
		return answer{code: problem.InvalidToken}
	}
}

func (m *model) rotate(l *life, now time.Time) answer {
	if m.has("ends-other-devices-on-refresh") {
		m.endAll(func(other *life) bool { return other != l && other.user == l.user })
	}
	l.rotated, l.expires = now, m.expiry(l, now)
	if m.has("never-rotates") {
		return answer{access: m.issueAccess(l), refresh: l.refresh, cookie: cookieSet}
	}
	l.generation++
	l.refresh = m.issueRefresh(l)
	if m.has("forgets-the-successor") {
		m.tickets[l.refresh[:5]].generation = -1
	}
	if m.has("gives-a-dead-access-token-at-a-refresh") {
		return answer{access: m.deadAccess(l), refresh: l.refresh, cookie: cookieSet}
	}
	return answer{access: m.issueAccess(l), refresh: l.refresh, cookie: cookieSet}
}

// deadAccess is an access token that nobody has heard of.
func (m *model) deadAccess(l *life) string {
	token := m.issueAccess(l)
	delete(m.tickets, token[:5])
	return token
}

func (m *model) logOut(cookie, bearer string) answer {
	m.mu.Lock()
	defer m.mu.Unlock()
	if t := m.find(cookie, false); t != nil && t.life.ended && m.has("the-second-log-out-fails") {
		return answer{code: problem.InvalidToken}
	}
	for _, token := range []string{cookie, bearer} {
		t := m.find(token, m.has("log-out-believes-a-tampered-token"))
		switch {
		case t == nil, m.has("log-out-does-nothing"):
		case token == bearer && m.has("log-out-ignores-the-bearer"):
		case token == bearer && cookie != "" && m.has("log-out-stops-at-the-cookie"):
		case t.kind == "access" && !m.inTime(t) && m.has("an-expired-token-cannot-log-out"):
		case m.has("log-out-ends-every-device"):
			m.endAll(func(l *life) bool { return l.user == t.life.user })
		default:
			t.life.ended = true
		}
	}
	return answer{cookie: cookieCleared}
}

func (m *model) logOutAll(bearer string) answer {
	if a := m.me(bearer); a.code != "" {
		return a
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	caller := m.find(bearer, false).life
	m.endAll(func(l *life) bool {
		return l == caller || m.has("log-out-all-ends-other-people") ||
			l.user == caller.user && !m.has("log-out-all-ends-one-device")
	})
	return answer{cookie: cookieCleared}
}

func (m *model) disable(user string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.disabled[user] = true
}

// find looks a token up by its first half and compares the second.
func (m *model) find(token string, anySignature bool) *ticket {
	key, check, _ := strings.Cut(token, ".")
	t, ok := m.tickets[key]
	if !ok || t.check != check && !anySignature {
		return nil
	}
	return t
}

// issue gives out a token of five characters, a dot and a signature.
func (m *model) issue(t ticket) string {
	t.check = rand.Text()
	key := rand.Text()[:5]
	for m.tickets[key] != nil {
		key = rand.Text()[:5]
	}
	m.tickets[key] = &t
	return key + "." + t.check
}

func (m *model) issueRefresh(l *life) string {
	return m.issue(ticket{kind: "refresh", life: l, generation: l.generation})
}

func (m *model) issueAccess(l *life) string {
	ttl := m.limit(AccessTTL, "one-second-early", "one-second-late")
	switch {
	case m.has("lives-a-thousand-times-too-long"):
		ttl *= 1000
	case m.has("lives-a-thousandth-of-its-time"):
		ttl /= 1000
	}
	expires := time.Now().Add(ttl)
	if expires.After(l.expires) {
		expires = l.expires
	}
	return m.issue(ticket{kind: "access", life: l, expires: expires})
}

func (m *model) inTime(t *ticket) bool {
	return m.has("never-expires") || time.Now().Before(t.expires)
}

func (m *model) inGrace(l *life, behind int, now time.Time) bool {
	since := now.Sub(l.rotated)
	if m.has("counts-the-grace-from-the-log-in") {
		since = now.Sub(l.opened)
	}
	grace := m.limit(Grace, "grace-a-second-short", "grace-a-second-long")
	old := behind == 1 || behind > 1 && m.has("grants-the-grace-to-any-old-token")
	return since <= grace && old && !m.has("has-no-grace")
}

// expiry is the idle limit or the absolute one, whichever comes first.
func (m *model) expiry(l *life, now time.Time) time.Time {
	idle := now.Add(m.limit(IdleLimit, "idle-limit-a-second-short", "idle-limit-a-second-long"))
	absolute := l.opened.Add(m.limit(AbsoluteLimit, "absolute-limit-a-second-short", "absolute-limit-a-second-long"))
	switch {
	case m.has("never-extends-the-session"):
		return l.opened.Add(IdleLimit)
	case m.has("has-no-absolute-limit"):
		return idle
	case m.has("has-no-idle-limit") || absolute.Before(idle):
		return absolute
	default:
		return idle
	}
}

func (m *model) endAll(match func(*life) bool) {
	for _, l := range m.lives {
		if match(l) {
			l.ended = true
		}
	}
}
