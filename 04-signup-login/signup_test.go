package accounts

import (
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestService_SignUp(t *testing.T) {
	type row struct {
		name   string
		needs  []string
		body   string
		down   string // the store's method that can't answer
		status int
		code   problem.Code
		stored bool // afterwards there is a user JIN HO
	}
	needs := []string{"4.1", "4.2", "4.3"}
	rows := []row{
		{name: "the course's example", body: sampleSignUp, status: 201, stored: true},
		{name: "a line break after the object", body: sampleSignUp + "\n", status: 201, stored: true},
		{name: "the answer shows the names as they are stored", body: `{"username":"ＪＩＮ HO","password":"12341234","nickname":" Mentos "}`, status: 201, stored: true},
		{name: "a wrong nickname stores nobody", body: `{"username":"JIN HO","password":"12341234","nickname":" "}`, status: 400, code: problem.ValidationFailed},
		{name: "a short password stores nobody", body: `{"username":"JIN HO","password":"1234123","nickname":"Mentos"}`, status: 400, code: problem.ValidationFailed},
		{name: "a role stores nobody", body: `{"username":"JIN HO","password":"12341234","nickname":"Mentos","role":"ADMIN"}`, status: 400, code: problem.ValidationFailed},
		{name: "no JSON stores nobody", body: `username=JIN HO`, status: 400, code: problem.MalformedRequest},
		{name: "a taken name", body: `{"username":"root","password":"12341234","nickname":"Mentos"}`, status: 409, code: problem.UserAlreadyExists},
		{name: "a taken name in other letters", body: `{"username":"ＲＯＯＴ","password":"12341234","nickname":"Mentos"}`, status: 409, code: problem.UserAlreadyExists},
		{name: "a store that can't answer is no success and no taken name", body: sampleSignUp, down: "Create", status: 503, code: problem.Unavailable},
	}
	for i := range rows {
		rows[i].needs = needs
	}
	exercise.Rows(t, "4.5", rows, func(t *testing.T, r row) {
		s := newServer()
		root := s.add("root", "root-password", RoleAdmin)
		s.down.method = r.down
		a := s.do(request{do: "POST /signup", body: r.body})
		assert.Equal(t, r.status, a.status, "the client decides by the status")
		assert.Equal(t, r.code, a.code, "and by the code")

		user, err := s.store.ByKey(t.Context(), "jin ho")
		if !r.stored {
			assert.ErrorIs(t, err, ErrNoUser, "a refusal must leave nothing behind")
			after, err := s.store.ByKey(t.Context(), "root")
			require.NoError(t, err)
			assert.Equal(t, root, after, "nor change anybody")
			assert.Equal(t, []string{"signup_failed"}, s.log.events,
				"who reads the log must see the refusal, and no user who was never stored")
			return
		}
		require.NoError(t, err, "a 201 is a promise")
		assert.Equal(t, sampleUser, strings.TrimSpace(a.body), "the answer is what the next GET /me shows")
		assert.Equal(t, "no-store", a.header.Get("Cache-Control"), "no cache keeps people")
		assert.Equal(t, []string{RoleUser}, user.Roles, "who signs up is a USER")
		assert.Len(t, user.ID, 26)
		assert.NotContains(t, user.PasswordHash, "12341234", "the password itself is never stored")
		assert.Equal(t, []string{"signup"}, s.log.events, "operators see who came")
	})
}

func TestService_SignUp_auditsTheIDAlone(t *testing.T) {
	exercise.Needs(t, "4.1", "4.2", "4.3", "4.5")
	s := newServer()
	require.Equal(t, 201, s.do(request{do: "POST /signup", body: sampleSignUp}).status)
	user, err := s.store.ByKey(t.Context(), "jin ho")
	require.NoError(t, err)
	assert.Contains(t, s.log.text, "user_id="+user.ID, "by the id, which stays when the name changes")
	for _, private := range []string{"JIN HO", "Mentos", "12341234"} {
		assert.NotContains(t, s.log.text, private, "a log is read by more people than a database")
	}
}

// A hash takes time on the fake clock, so all twenty have read the request, and
// looked for the name if they look, before the first is stored.
func TestService_SignUp_race(t *testing.T) {
	exercise.Needs(t, "4.1", "4.2", "4.3", "4.5")
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		s.hasher.takes = time.Millisecond
		var created, refused atomic.Int64
		var wait sync.WaitGroup
		for range 20 {
			wait.Go(func() {
				switch s.do(request{do: "POST /signup", body: sampleSignUp}).status {
				case 201:
					created.Add(1)
				case 409:
					refused.Add(1)
				}
			})
		}
		wait.Wait()
		assert.EqualValues(t, 1, created.Load(), "one 201: one name, one account")
		assert.EqualValues(t, 19, refused.Load(), "and 409 to all others: the name is taken, the server is fine")
	})
}

func TestService_SignUp_overload(t *testing.T) {
	exercise.Needs(t, "4.1", "4.2", "4.3", "4.5")
	s := newServer()
	s.service.guard.pool = NewPool(0, 0)
	a := s.do(request{do: "POST /signup", body: sampleSignUp})
	assert.Equal(t, 503, a.status, "what the server has no time to hash is refused: it does not wait without end")
	assert.Equal(t, problem.Overloaded, a.code)
	assert.Equal(t, "1", a.header.Get("Retry-After"), "and the client learns when to come back")
	assert.Zero(t, s.hasher.hashed.Load(), "a refusal costs no hash")
}
