package main

import (
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// steppedServer is a server whose database has a clock that a test can set: on
// SQLite the machine's, on PostgreSQL that of another machine.
func steppedServer(t *testing.T) (s *server, set func(ahead time.Duration)) {
	var ahead atomic.Int64
	s = newServer(t)
	s.db.SetClock(func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) })
	set = func(d time.Duration) {
		ahead.Store(int64(d))
		s.do("GET", "/readyz", "") // as a load balancer asks now and then
	}
	return s, set
}

// stoppedClock stops the clocks of servers' databases at one moment. The first wait
// of a guesser is a second, and a test may take longer to look at it.
func stoppedClock() (stop func(*server) *server) {
	now := time.Now()
	return func(s *server) *server {
		s.db.SetClock(func() time.Time { return now })
		return s
	}
}

func TestClock_stepsLogNobodyOut(t *testing.T) {
	for name, step := range map[string]time.Duration{"an hour ahead": time.Hour, "an hour back": -time.Hour} {
		t.Run(name, func(t *testing.T) {
			s, set := steppedServer(t)
			s.signUp()
			access, refresh := s.logIn()
			_, spare := s.logIn()
			refreshed := func(c *http.Cookie) (string, *http.Cookie) {
				t.Helper()
				a := s.do("POST", "/refresh", "", cookie(c))
				require.Equal(t, http.StatusOK, a.status, a.body)
				token := a.token(t)
				assert.Equal(t, http.StatusOK, s.me(token), "a new token works at once")
				return token, a.refresh(t)
			}
			set(step)
			assert.Equal(t, http.StatusUnauthorized, s.me(access), "an access token is bound to its fifteen minutes")
			stepped, refresh := refreshed(refresh)
			other, _ := s.logIn()
			assert.Equal(t, http.StatusOK, s.me(other))

			set(0)
			assert.Equal(t, http.StatusUnauthorized, s.me(stepped))
			back, refresh := refreshed(refresh)
			refreshed(spare)
			require.Equal(t, http.StatusNoContent, s.do("POST", "/logout", "", cookie(refresh)).status)
			assert.Equal(t, http.StatusUnauthorized, s.me(back), "log-out works whatever the clock did")
		})
	}
}

func TestClock_stepsMakeNothingEternal(t *testing.T) {
	const day = 24 * time.Hour
	s, set := steppedServer(t)
	set(time.Hour)
	s.signUp()
	access, refresh := s.logIn()
	set(0)
	set(time.Hour + 14*time.Minute)
	assert.Equal(t, http.StatusOK, s.me(access), "its fifteen minutes come back with the clock")
	set(time.Hour + 16*time.Minute)
	assert.Equal(t, "TOKEN_EXPIRED", s.do("GET", "/me", "", bearer(access)).code(), "and go by")
	set(14*day + 2*time.Hour)
	assert.Equal(t, "TOKEN_EXPIRED", s.do("POST", "/refresh", "", cookie(refresh)).code(), "so does the session")
}

// While the clock is back, a wait that began before is over by the time it
// would have taken, and not when the clock has caught up.
func TestClock_stepBackLocksNobodyOut(t *testing.T) {
	s, set := steppedServer(t)
	s.signUp()
	until429(t, func() answer { return s.do("POST", "/login", `{"username":"JIN HO","password":"wrong"}`) })
	set(-time.Hour)
	s.logIn()
}

// The database is another machine, and its clock is wrong by an hour from the
// start.
func TestClock_ofTheDatabaseRules(t *testing.T) {
	for name, off := range map[string]time.Duration{"ahead": time.Hour, "behind": -time.Hour} {
		t.Run(name, func(t *testing.T) {
			s, set := steppedServer(t)
			set(off)
			s.signUp()
			access, refresh := s.logIn()
			assert.Equal(t, http.StatusOK, s.me(access))
			assert.Equal(t, http.StatusOK, s.do("POST", "/refresh", "", cookie(refresh)).status)
			assert.InDelta(t, 14*24*3600, refresh.MaxAge, 60, "the cookie's time is a length, not a date")
		})
	}
}
