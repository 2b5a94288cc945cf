package accounts

import (
	"fmt"
	"maps"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// logInNeeds are the exercises that a log-in runs through.
func logInNeeds() []string { return []string{"4.2", "4.4", "4.6", "4.7"} }

func TestService_LogIn(t *testing.T) {
	type row struct {
		name     string
		needs    []string
		body     string
		down     string
		session  error // what opening the session returns
		disabled bool
		status   int
		code     problem.Code
		verified int64 // hashes verified
		event    string
	}
	wrong := func(name, body string) row {
		return row{name: name, body: body, status: 401, code: problem.InvalidCredentials, verified: 1, event: "login_failed"}
	}
	rows := []row{
		{name: "the right password", body: sampleLogIn, status: 200, verified: 1, event: "login"},
		{name: "the name in small letters", body: `{"username":"jin ho","password":"12341234"}`, status: 200, verified: 1, event: "login"},
		wrong("a wrong password", `{"username":"JIN HO","password":"wrong-password"}`),
		wrong("a password that is too short to be one", `{"username":"JIN HO","password":"1"}`),
		wrong("a password that is too long to be one", `{"username":"JIN HO","password":"`+strings.Repeat("1", 5000)+`"}`),
		wrong("an unknown name", `{"username":"nobody","password":"12341234"}`),
		wrong("a name that can't exist", `{"username":"a\u0000/../b","password":"12341234"}`),
		{name: "a disabled user", body: sampleLogIn, disabled: true, status: 401, code: problem.InvalidCredentials, verified: 1, event: "login_failed"},
		{name: "a user who changed meanwhile", body: sampleLogIn, session: ErrUserChanged, status: 401, code: problem.InvalidCredentials, verified: 1},
		{name: "no members", body: `{}`, status: 400, code: problem.ValidationFailed},
		{name: "the role is not for the client", body: `{"username":"JIN HO","password":"12341234","role":"ADMIN"}`, status: 400, code: problem.ValidationFailed},
		{name: "the sessions can't answer", body: sampleLogIn, session: errDown, status: 503, code: problem.Unavailable, verified: 1},
		{name: "the users can't answer", body: sampleLogIn, down: "ByKey", status: 503, code: problem.Unavailable},
		{name: "the throttle can't answer", body: sampleLogIn, down: "Failures", status: 503, code: problem.Unavailable},
		{name: "a failure that can't be counted is not told as one", body: `{"username":"JIN HO","password":"wrong-password"}`,
			down: "AddFailure", status: 503, code: problem.Unavailable, verified: 1},
	}
	for i := range rows {
		rows[i].needs = logInNeeds()
	}
	exercise.Rows(t, "4.8", rows, func(t *testing.T, r row) {
		s := newServer()
		user := s.add("JIN HO", "12341234", RoleUser)
		require.NoError(t, s.store.SetDisabled(t.Context(), user.UsernameKey, r.disabled))
		s.down.method, s.sessions.err = r.down, r.session
		a := s.do(request{do: "POST /login", body: r.body})
		assert.Equal(t, r.status, a.status, "the client decides by the status")
		assert.Equal(t, r.code, a.code, "and by the code")
		assert.Equal(t, r.verified, s.hasher.verified.Load(), "other work would tell by time which names exist")
		if r.event != "" {
			assert.Equal(t, []string{r.event}, s.log.events, "operators see what happened")
		}
		if r.status != 200 {
			assert.Empty(t, a.token(), "a refusal gives no token")
			assert.Empty(t, s.sessions.open, "and no session")
			return
		}
		assert.JSONEq(t, `{"token":"`+a.token()+`"}`, a.body, "the token and nothing else")
		assert.Equal(t, "no-store", a.header.Get("Cache-Control"), "no cache keeps a token (RFC 6749 section 5.1)")
		assert.Equal(t, user.ID, s.sessions.open[a.token()].userID, "the token is this user's")
	})
}

// logInWith is a log-in's body.
func logInWith(name string) string { return `{"username":"` + name + `","password":"wrong-password"}` }

func TestService_LogIn_tellsNothing(t *testing.T) {
	exercise.Needs(t, append(logInNeeds(), "4.8")...)
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		s.add("JIN HO", "12341234", RoleUser)
		off := s.add("off", "12341234", RoleUser)
		require.NoError(t, s.store.SetDisabled(t.Context(), off.UsernameKey, true))
		for i := range 8 {
			want := s.do(request{do: "POST /login", body: logInWith("JIN HO")})
			for _, name := range []string{"nobody", "off", "../x", `\u3164`} {
				got := s.do(request{do: "POST /login", body: logInWith(name)})
				if d := difference(want, got); d != "" {
					t.Fatalf("attempt %d as %q: %s, so a guesser learns which names exist", i+1, name, d)
				}
			}
		}
	})
}

// difference says in one line how got differs from want, "" if it does not.
func difference(want, got answer) string {
	switch {
	case got.status != want.status || got.code != want.code:
		return fmt.Sprintf("expected %d %s, got %d %s", want.status, want.code, got.status, got.code)
	case got.body != want.body:
		return fmt.Sprintf("expected the body %s, got %s", want.body, got.body)
	case !maps.EqualFunc(got.header, want.header, slices.Equal):
		return fmt.Sprintf("expected the headers %v, got %v", want.header, got.header)
	}
	return ""
}

func TestService_LogIn_throttledIsNotHashed(t *testing.T) {
	exercise.Needs(t, append(logInNeeds(), "4.8")...)
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		s.add("JIN HO", "12341234", RoleUser)
		for range 6 {
			s.do(request{do: "POST /login", body: logInWith("JIN HO")})
		}
		a := s.do(request{do: "POST /login", body: sampleLogIn})
		assert.Equal(t, 429, a.status, "the right password waits too: if not, the answer would tell that a guess was right")
		assert.Equal(t, "1", a.header.Get("Retry-After"))
		assert.EqualValues(t, 6, s.hasher.verified.Load(), "a throttled attempt costs no hash")
		assert.Contains(t, s.log.events, "login_throttled", "operators see that somebody guesses")

		s.service.guard.pool = NewPool(0, 0)
		a = s.do(request{do: "POST /login", body: sampleLogIn})
		assert.Equal(t, 429, a.status, "a client that must wait hears it at once, and takes no place in the queue")
	})
}

// A guesser who writes the name in other letters guesses at the same account.
func TestService_LogIn_countsEverySpelling(t *testing.T) {
	exercise.Needs(t, append(logInNeeds(), "4.8")...)
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		s.add("JIN HO", "12341234", RoleUser)
		for _, name := range []string{"JIN HO", "jin ho", "Jin Ho", "ｊｉｎ ho", "JIN ho", "jIN HO"} {
			require.Equal(t, 401, s.do(request{do: "POST /login", body: logInWith(name)}).status)
		}
		a := s.do(request{do: "POST /login", body: sampleLogIn})
		assert.Equal(t, 429, a.status,
			"six failures are six, however the name was spelled: if not, each spelling has five free guesses")
	})
}

// All guesses pass the first check before one of them has failed. The second
// check, with the slot in hand, stops them.
func TestService_LogIn_parallelGuessesAreBounded(t *testing.T) {
	exercise.Needs(t, append(logInNeeds(), "4.8")...)
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		s.hasher.takes = time.Millisecond // so that all 50 queue before the first is judged
		s.add("JIN HO", "12341234", RoleUser)
		var wait sync.WaitGroup
		for range 50 {
			wait.Go(func() { s.do(request{do: "POST /login", body: logInWith("JIN HO")}) })
		}
		wait.Wait()
		assert.LessOrEqual(t, s.hasher.verified.Load(), int64(freeFailures+testWorkers),
			"guesses sent at once must not be free")
	})
}

func TestService_LogIn_rehashes(t *testing.T) {
	exercise.Needs(t, append(logInNeeds(), "4.8")...)
	s := newServer()
	user := s.add("JIN HO", "12341234", RoleUser)
	old := Argon2id{MemoryKiB: 32, Passes: 1, Threads: 1}
	require.NoError(t, s.store.Rehash(t.Context(), user.ID, 0, old.Hash("12341234")))

	require.Equal(t, 401, s.do(request{do: "POST /login", body: logInWith("JIN HO")}).status)
	after, err := s.store.ByID(t.Context(), user.ID)
	require.NoError(t, err)
	assert.True(t, testCost().Outdated(after.PasswordHash), "a wrong password must not become the hash")

	require.Equal(t, 200, s.do(request{do: "POST /login", body: sampleLogIn}).status)
	after, err = s.store.ByID(t.Context(), user.ID)
	require.NoError(t, err)
	assert.False(t, testCost().Outdated(after.PasswordHash), "the new cost holds from the next log-in on")
	assert.EqualValues(t, 0, after.PasswordVersion, "the password is the same, so sessions stay")
	assert.Equal(t, 200, s.do(request{do: "POST /login", body: sampleLogIn}).status, "and the password still works")
}

func TestService_auditHoldsNoSecret(t *testing.T) {
	exercise.Needs(t, handlerExercises()...)
	s := newServer()
	s.do(request{do: "POST /signup", body: sampleSignUp})
	s.do(request{do: "POST /login", body: `{"username":"hunter2","password":"JIN HO"}`})
	s.do(request{do: "POST /login", body: `{"username":"a\r\nevent=login","password":"hunter2"}`})
	token := s.do(request{do: "POST /login", body: sampleLogIn}).token()
	require.NotEmpty(t, token)
	for _, secret := range []string{"hunter2", "12341234", "event=login", "\r", token, "argon2id", "JIN HO", "Mentos"} {
		assert.NotContains(t, s.log.text, secret, "the log is read by many")
	}
	assert.Equal(t, []string{"signup", "login_failed", "login_failed", "login"}, s.log.events)
}

func TestService_LogIn_damagedHash(t *testing.T) {
	exercise.Needs(t, append(logInNeeds(), "4.8")...)
	s := newServer()
	user := s.add("JIN HO", "12341234", RoleUser)
	require.NoError(t, s.store.Rehash(t.Context(), user.ID, 0, "12341234"))
	a := s.do(request{do: "POST /login", body: sampleLogIn})
	assert.Equal(t, 500, a.status, "a damaged row is the server's fault")
	require.Len(t, s.log.causes, 1)
	assert.Contains(t, s.log.causes[0], user.ID, "the operator must find the row")
	assert.NotContains(t, s.log.causes[0], "12341234", "and not its content")
}

func BenchmarkService_LogIn(b *testing.B) {
	exercise.Needs(b, append(logInNeeds(), "4.8")...)
	s := newServer()
	s.add("JIN HO", "12341234", RoleUser)
	b.ReportAllocs()
	for b.Loop() {
		r := httptest.NewRequest("POST", "/login", strings.NewReader(sampleLogIn))
		r.Header.Set("Content-Type", "application/json")
		rec := httptest.NewRecorder()
		s.routes.ServeHTTP(rec, r)
		if rec.Code != 200 {
			b.Fatal(rec.Body)
		}
	}
}
