package accounts

import (
	"testing"
	"testing/synctest"
	"time"

	"example.com/authbook/internal/exercise"
	"example.com/authbook/internal/problem"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestService_Me(t *testing.T) {
	exercise.Needs(t, "4.1")
	s := newServer()
	token := s.logIn(t, s.add("JIN HO", "12341234", RoleUser))
	a := s.do(request{do: "GET /me", token: token})
	assert.Equal(t, 200, a.status)
	assert.JSONEq(t, `{"username":"JIN HO","nickname":"nick","roles":[{"role":"USER"}]}`, a.body)
	a = s.do(request{do: "GET /me"})
	assert.Equal(t, problem.TokenNotFound, a.code, "a route without its bearer check fails closed")
}

const (
	newPassword   = `{"currentPassword":"12341234","newPassword":"a-new-password"}`
	deleteAccount = `{"currentPassword":"12341234"}`
)

// accountRow is a request that needs the current password.
type accountRow struct {
	name      string
	needs     []string
	do        string
	body      string
	anonymous bool
	down      string
	status    int
	code      problem.Code
}

func TestService_account(t *testing.T) {
	const put, del = "PUT /me/password", "DELETE /me"
	rows := []accountRow{
		{name: "change", do: put, body: newPassword, status: 204},
		{name: "change without a token", do: put, body: newPassword, anonymous: true, status: 401, code: problem.TokenNotFound},
		{name: "change with a wrong password", do: put, body: `{"currentPassword":"wrong","newPassword":"a-new-password"}`, status: 401, code: problem.InvalidCredentials},
		{name: "change to a short password", do: put, body: `{"currentPassword":"12341234","newPassword":"short"}`, status: 400, code: problem.ValidationFailed},
		{name: "change with a role", do: put, body: `{"currentPassword":"12341234","newPassword":"a-new-password","roles":["ADMIN"]}`, status: 400, code: problem.ValidationFailed},
		{name: "change without a body", do: put, status: 415, code: problem.UnsupportedMediaType},
		{name: "change while users can't be read", do: put, body: newPassword, down: "ByID", status: 503, code: problem.Unavailable},
		{name: "change while the throttle can't be read", do: put, body: newPassword, down: "Failures", status: 503, code: problem.Unavailable},
		{name: "change while nothing can be written", do: put, body: newPassword, down: "ChangePassword", status: 503, code: problem.Unavailable},
		{name: "delete", do: del, body: deleteAccount, status: 204},
		{name: "delete without a token", do: del, body: deleteAccount, anonymous: true, status: 401, code: problem.TokenNotFound},
		{name: "delete with a wrong password", do: del, body: `{"currentPassword":"wrong"}`, status: 401, code: problem.InvalidCredentials},
		{name: "delete without a password", do: del, body: `{}`, status: 400, code: problem.ValidationFailed},
		{name: "delete while nothing can be written", do: del, body: deleteAccount, down: "Delete", status: 503, code: problem.Unavailable},
	}
	for i := range rows {
		rows[i].needs = handlerExercises()
	}
	exercise.Rows(t, "4.8", rows, func(t *testing.T, r accountRow) {
		s := newServer()
		user := s.add("JIN HO", "12341234", RoleUser)
		token, other := s.logIn(t, user), s.logIn(t, user)
		if r.anonymous {
			token = ""
		}
		s.down.method = r.down
		a := s.do(request{do: r.do, body: r.body, token: token})
		assert.Equal(t, r.status, a.status, "the client decides by the status")
		assert.Equal(t, r.code, a.code, "and by the code")

		s.down.method = ""
		old := s.do(request{do: "POST /login", body: sampleLogIn}).status
		others := s.do(request{do: "GET /me", token: other}).status
		if r.status == 204 {
			assert.Equal(t, 401, old, "the old password is over")
			assert.Equal(t, 401, others, "and so are the other sessions")
		} else {
			assert.Equal(t, 200, old, "a refusal changes nothing")
			assert.Equal(t, 200, others, "and ends nothing")
		}
	})
}

func TestService_ChangePassword_keepsThisSession(t *testing.T) {
	exercise.Needs(t, handlerExercises()...)
	s := newServer()
	token := s.logIn(t, s.add("JIN HO", "12341234", RoleUser))
	require.Equal(t, 204, s.do(request{do: "PUT /me/password", body: newPassword, token: token}).status)
	assert.Equal(t, 200, s.do(request{do: "GET /me", token: token}).status, "who changes it stays")
	a := s.do(request{do: "POST /login", body: `{"username":"JIN HO","password":"a-new-password"}`})
	assert.Equal(t, 200, a.status)
	assert.Equal(t, []string{"password_change", "login"}, s.log.events)
}

func TestService_ChangePassword_renewsTheRefreshToken(t *testing.T) {
	exercise.Needs(t, handlerExercises()...)
	const refused = `{"currentPassword":"wrong","newPassword":"a-new-password"}`
	rows := []struct {
		name         string
		body, cookie string // cookie: own, another or none
		fault        error  // of handing out the next token
		status       int
		renewed      bool
	}{
		{name: "of the client that sends it", body: newPassword, cookie: "own", status: 204, renewed: true},
		{name: "not where the client sends none", body: newPassword, cookie: "none", status: 204},
		{name: "not where it is another session's", body: newPassword, cookie: "another", status: 204},
		{name: "not where the change is refused", body: refused, cookie: "own", status: 401},
		{name: "and says so where it can't hand out the next one", body: newPassword, cookie: "own", status: 503, renewed: true,
			fault: problem.New(problem.Unavailable, "")},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			s := newServer()
			user := s.add("JIN HO", "12341234", RoleUser)
			own, another := s.logIn(t, user), s.logIn(t, user)
			s.sessions.err = r.fault
			a := s.do(request{do: "PUT /me/password", body: r.body, token: own,
				cookie: map[string]string{"own": own, "another": another}[r.cookie]})
			assert.Equal(t, r.status, a.status, a.body)
			assert.Equal(t, r.renewed, s.sessions.open[own].renewed, "a thief may have a copy of the token")
			assert.Equal(t, r.renewed, a.header.Get("Set-Cookie") != "", "a person without a token needs the next one")
		})
	}
}

func TestService_ChangePassword_queuesOnce(t *testing.T) {
	exercise.Needs(t, handlerExercises()...)
	s := newServer()
	turns := 0
	s.service.guard.pool.Waited = func(time.Duration) { turns++ }
	token := s.logIn(t, s.add("JIN HO", "12341234", RoleUser))
	require.Equal(t, 204, s.do(request{do: "PUT /me/password", body: newPassword, token: token}).status)
	assert.Equal(t, 1, turns, "the old password is checked and the new one hashed in one turn")
}

// A user may be deleted after the bearer check has found them.
func TestService_account_ofAUserWhoIsGone(t *testing.T) {
	exercise.Needs(t, handlerExercises()...)
	for _, r := range []request{
		{do: "PUT /me/password", body: newPassword},
		{do: "DELETE /me", body: deleteAccount},
	} {
		s := newServer()
		r.token = s.logIn(t, s.add("JIN HO", "12341234", RoleUser))
		s.down.method, s.down.err = "ByID", ErrNoUser
		a := s.do(r)
		assert.Equal(t, problem.InvalidCredentials, a.code, "%s: as after a wrong password", r.do)
		require.Len(t, s.log.events, 1)
		assert.Regexp(t, "_failed$", s.log.events[0], "operators see it")
	}
}

func TestService_account_isThrottledWithLogIn(t *testing.T) {
	exercise.Needs(t, handlerExercises()...)
	synctest.Test(t, func(t *testing.T) {
		s := newServer()
		token := s.logIn(t, s.add("JIN HO", "12341234", RoleUser))
		for range 2 {
			s.do(request{do: "POST /login", body: logInWith("JIN HO")})
			s.do(request{do: "PUT /me/password", token: token,
				body: `{"currentPassword":"wrong","newPassword":"a-new-password"}`})
			s.do(request{do: "DELETE /me", token: token, body: `{"currentPassword":"wrong"}`})
		}
		for _, r := range []request{
			{do: "POST /login", body: sampleLogIn},
			{do: "PUT /me/password", token: token, body: newPassword},
			{do: "DELETE /me", token: token, body: deleteAccount},
		} {
			a := s.do(r)
			assert.Equal(t, 429, a.status, "%s: three doors must not mean three times the guesses", r.do)
			assert.Equal(t, "1", a.header.Get("Retry-After"))
		}
		for _, event := range []string{"login_throttled", "password_change_throttled", "account_delete_throttled"} {
			assert.Contains(t, s.log.events, event, "operators see where somebody guesses")
		}
	})
}

func TestToProblem(t *testing.T) {
	rows := []struct {
		name string
		err  error
		want problem.Code
	}{
		{"a taken name", ErrUsernameTaken, problem.UserAlreadyExists},
		{"the last administrator", ErrLastAdmin, problem.LastAdmin},
		{"a password that changed meanwhile", ErrPasswordChanged, problem.InvalidCredentials},
		{"a user who went meanwhile", ErrNoUser, problem.InvalidCredentials},
		{"a user who changed meanwhile", ErrUserChanged, problem.InvalidCredentials},
		{"a problem is left as it is", problem.New(problem.Overloaded, ""), problem.Overloaded},
		{"anything else", errDown, problem.Unavailable},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			assert.Equal(t, r.want, problem.From(toProblem(r.err)).Code)
		})
	}
}
