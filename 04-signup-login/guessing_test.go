package accounts

import (
	"context"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/internal/exercise"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Many servers and many processors look at many passwords at once. Once
// failures cost time, one address still gets one guess per wait.
func TestGuessing_inParallelGetsOneVerdictPerWait(t *testing.T) {
	exercise.Needs(t, append(logInNeeds(), "4.8")...)
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		s.service.guard.pool = NewPool(50, 0)
		s.hasher.takes = 30 * time.Millisecond
		s.add("JIN HO", "12341234", RoleUser)
		guess := func() int { return s.do(request{do: "POST /login", body: logInWith("JIN HO")}).status }
		for range freeFailures {
			require.Equal(t, 401, guess())
		}
		for wait := time.Duration(0); wait <= 4*time.Second; wait = max(time.Second, 2*wait) {
			time.Sleep(wait)
			before := s.hasher.verified.Load()
			statuses := make([]int, 50)
			var all sync.WaitGroup
			for i := range statuses {
				all.Go(func() { statuses[i] = guess() })
			}
			all.Wait()
			assert.EqualValues(t, 1, s.hasher.verified.Load()-before, "after %v: guesses sent at once are one guess", wait)
			verdicts := 0
			for _, status := range statuses {
				if status == 401 {
					verdicts++
				}
			}
			assert.Equal(t, 1, verdicts, "the others are told to wait")
		}
	})
}

// The owner's own devices may come at once, after the owner mistyped.
func TestGuessing_theRightPasswordClearsWhatWasCountedBeforehand(t *testing.T) {
	exercise.Needs(t, append(logInNeeds(), "4.8")...)
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		s.add("JIN HO", "12341234", RoleUser)
		for range freeFailures + 1 {
			require.Equal(t, 401, s.do(request{do: "POST /login", body: logInWith("JIN HO")}).status)
		}
		time.Sleep(time.Second)
		require.Equal(t, 200, s.do(request{do: "POST /login", body: sampleLogIn}).status)
		for range freeFailures + 1 {
			a := s.do(request{do: "POST /login", body: logInWith("JIN HO")})
			assert.Equal(t, 401, a.status, "the free failures are back")
		}
	})
}

// An owner with the right password does not wait for what went wrong elsewhere,
// though the attempt was counted before the password was looked at.
func TestGuessing_theOwnerDoesNotPayForTheServer(t *testing.T) {
	exercise.Needs(t, append(logInNeeds(), "4.8")...)
	rows := []struct {
		name      string
		meanwhile func(s *server, hangUp func()) error
	}{
		{"the new hash can't be stored", func(s *server, _ func()) error { s.down.method = "Rehash"; return nil }},
		{"no session can be opened", func(s *server, _ func()) error { s.sessions.err = errDown; return nil }},
		{"the client hangs up", func(_ *server, hangUp func()) error { hangUp(); return nil }},
		{"the stored hash can't be read", func(*server, func()) error { return errBadHash }},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			s := newServer()
			user := s.add("JIN HO", "12341234", RoleUser)
			old := Argon2id{MemoryKiB: 32, Passes: 1, Threads: 1}
			for range freeFailures {
				require.Equal(t, 401, s.do(request{do: "POST /login", body: logInWith("JIN HO")}).status)
			}
			require.NoError(t, s.store.Rehash(t.Context(), user.ID, 0, old.Hash("12341234")))
			ctx, hangUp := context.WithCancel(t.Context())
			s.hasher.meanwhile = func() error { return row.meanwhile(s, hangUp) }
			r := httptest.NewRequestWithContext(ctx, "POST", "/login", strings.NewReader(sampleLogIn))
			r.Header.Set("Content-Type", "application/json")
			_ = s.service.LogIn(httptest.NewRecorder(), r) // its answer does not matter

			s.hasher.meanwhile, s.down.method, s.sessions.err = nil, "", nil
			a := s.do(request{do: "POST /login", body: logInWith("JIN HO")})
			assert.Equal(t, 401, a.status, "the free failures are back")
			assert.Equal(t, 200, s.do(request{do: "POST /login", body: sampleLogIn}).status)
		})
	}
}

// What can't be counted is not judged: a store in trouble must not make guesses
// free.
func TestGuessing_failsClosed(t *testing.T) {
	exercise.Needs(t, append(logInNeeds(), "4.8")...)
	s := newServer()
	s.add("JIN HO", "12341234", RoleUser)
	for range freeFailures {
		require.Equal(t, 401, s.do(request{do: "POST /login", body: logInWith("JIN HO")}).status)
	}
	before := s.hasher.verified.Load()
	s.down.method = "AddFailureTo"
	assert.Equal(t, 503, s.do(request{do: "POST /login", body: sampleLogIn}).status)
	assert.Equal(t, before, s.hasher.verified.Load())
}
